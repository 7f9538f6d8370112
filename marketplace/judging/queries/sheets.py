"""Score sheets: only the judge to whom a sheet was assigned sees it, and never one of a conflicted entry."""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from math import lcm

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.asked import asked_once
from marketplace.challenges.models import Challenge, Criterion
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging import ranking
from marketplace.judging.models import Declaration, Panel, Seat, Sheet
from marketplace.judging.queries.entries import JUDGED, ties_of
from marketplace.judging.stages import Basis, SeatStage, SheetStage
from marketplace.organisations.audiences import opens
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import Audience
from marketplace.solutions.models import Solution
from marketplace.solutions.queries.consortium import organisations_behind
from marketplace.solutions.stages import Stage as Entry


def sheets_visible_to(person: Person) -> Select[Sheet]:
    """One's own sheets on accepted seats, for entries of which one declared to be free.

    What was found since then is taken away by `without_ties`.
    """
    return (
        select(Sheet)
        .join(Sheet.seat)
        .join(Seat.panel)
        .join(Panel.challenge)
        .join(Sheet.solution)
        .join(Declaration, and_(Declaration.seat_id == Sheet.seat_id, Declaration.solution_id == Sheet.solution_id))
        .where(Seat.person_id == person.id, Seat.stage == SeatStage.ACCEPTED, Declaration.basis == Basis.NONE)
        .where(Sheet.stage != SheetStage.ENDED, Solution.stage.in_(JUDGED))
        .options(
            contains_eager(Sheet.seat)
            .contains_eager(Seat.panel)
            .contains_eager(Panel.challenge)
            .selectinload(Challenge.criteria),
            contains_eager(Sheet.seat).contains_eager(Seat.panel).joinedload(Panel.rules),
            # a blind round hides the names of all these
            contains_eager(Sheet.solution)
            .joinedload(Solution.organisation)
            .selectinload(Organisation.memberships)
            .joinedload(Membership.person),
            contains_eager(Sheet.solution).joinedload(Solution.author),
            contains_eager(Sheet.solution).joinedload(Solution.envelope),
            contains_eager(Sheet.solution).selectinload(Solution.versions),
            joinedload(Sheet.version),
            selectinload(Sheet.scores),
        )
    )


def without_ties(sheets: Sequence[Sheet], person: Person) -> list[Sheet]:
    """Those whose entries the person has no visible tie to, as of now."""
    ties = ties_of([person], [sheet.solution for sheet in sheets]) if sheets else {}
    return [sheet for sheet in sheets if (person.id, sheet.solution_id) not in ties]


def get_sheet(reference: str, person: Person) -> Sheet:
    """One's own sheet; raises NotFound for every other, and for entries one has a conflict with."""
    found = db.session.scalars(sheets_visible_to(person).where(Sheet.reference == reference)).all()
    return sheet_in(without_ties(found, person), reference)


def sheet_in(queue: Sequence[Sheet], reference: str) -> Sheet:
    """The sheet with this reference among those that the judge reads; raises NotFound for every other."""
    found = next((sheet for sheet in queue if sheet.reference == reference), None)
    if found is None:
        raise NotFound(reference)
    return found


@asked_once
def queue_of(person: Person) -> list[Sheet]:
    """All sheets of a judge; within a panel in an order of the judge's own, so that no entry is always read first."""
    found = without_ties(db.session.scalars(sheets_visible_to(person)).all(), person)
    return sorted(found, key=lambda sheet: (-sheet.seat.panel_id, _own_place(sheet)))


def _own_place(sheet: Sheet) -> str:
    return sha256(f"{sheet.seat.reference} {sheet.solution.reference}".encode()).hexdigest()


def total_of(sheet: Sheet, criteria: Sequence[Criterion]) -> Decimal | None:
    """The weighted total from 0 to 100, None while points are missing."""
    values = sheet.values
    if not values or values.keys() | sheet.not_applicable != {criterion.id for criterion in criteria}:
        return None
    # Criteria with different scales are brought to their least common one, so that nothing is rounded.
    scale = lcm(*(criterion.maximum for criterion in criteria))
    return ranking.weighted_total(
        {
            criterion.id: values[criterion.id] * (scale // criterion.maximum) if criterion.id in values else None
            for criterion in criteria
        },
        {criterion.id: criterion.weight_bp for criterion in criteria},
        scale,
    )


def sheets_of_panel(panel: Panel) -> Sequence[Sheet]:
    """Every sheet of the round under way that was not ended, with judge and entry but without scores."""
    return db.session.scalars(
        select(Sheet)
        .join(Sheet.seat)
        .where(Seat.panel_id == panel.id, Sheet.round == panel.round, Sheet.stage != SheetStage.ENDED)
        .options(contains_eager(Sheet.seat).joinedload(Seat.person))
        .order_by(Sheet.solution_id, Sheet.id)
    ).all()


@opens(Audience.JUDGE)
def reads_entry_of(person: Person, organisation: Organisation) -> bool:
    """Whether this judge reads an entry of the organisation, alone or with others, and may know who sent it.

    Until the results: afterwards a judge reads a profile as everybody else.
    """
    read = db.session.scalars(sheets_visible_to(person).where(Solution.stage == Entry.ADMITTED)).all()
    open_ones = [sheet for sheet in read if not sheet.is_blind]
    behind = organisations_behind([sheet.solution for sheet in open_ones])
    theirs = [sheet for sheet in open_ones if organisation.id in behind[sheet.solution_id]]
    return bool(without_ties(theirs, person))
