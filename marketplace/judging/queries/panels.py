"""Panels and seats: who sits where, and what each may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import lets_in
from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.models import Advance, Declaration, Entry, Panel, Seat, Sheet
from marketplace.judging.queries.entries import eligible_count, entries_of, ties_of
from marketplace.judging.stages import Basis, SeatStage, SheetStage
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import Helix

SIDES = (Helix.STATE.value, Helix.ACADEMIA.value, Helix.BUSINESS.value)


@dataclass(frozen=True)
class Load:
    """How many sheets a judge has, and how many of them are final."""

    assigned: int = 0
    final: int = 0

    @property
    def open(self) -> int:
        return self.assigned - self.final


@lets_in
def judged_by(person: Person) -> Select[int]:
    """Ids of challenges on whose panel a person was asked to sit: they see it also where others are invited."""
    return (
        select(Panel.challenge_id)
        .join(Seat, Seat.panel_id == Panel.id)
        .where(Seat.person_id == person.id, Seat.stage.in_([SeatStage.INVITED, SeatStage.ACCEPTED]))
    )


def panel_of(challenge: Challenge) -> Panel | None:
    """The panel of a challenge with its seats."""
    return db.session.scalar(
        select(Panel)
        .where(Panel.challenge_id == challenge.id)
        .options(
            joinedload(Panel.challenge), joinedload(Panel.rules), selectinload(Panel.seats).joinedload(Seat.person)
        )
    )


def get_panel(challenge: Challenge) -> Panel:
    """The panel of a challenge; raises NotFound where none was made."""
    panel = panel_of(challenge)
    if panel is None:
        raise NotFound("panel")
    return panel


def seats_visible_to(person: Person) -> Select[Seat]:
    """One's own seats, with panel and challenge."""
    return (
        select(Seat)
        .join(Seat.panel)
        .where(Seat.person_id == person.id)
        .options(contains_eager(Seat.panel).joinedload(Panel.challenge).joinedload(Challenge.agency))
    )


def get_seat(reference: str, person: Person) -> Seat:
    """One's own seat; raises NotFound for everybody else's."""
    return _own(seats_visible_to(person).where(Seat.reference == reference))


def get_seat_on(panel_reference: str, person: Person) -> Seat:
    """One's own accepted seat on this panel; raises NotFound for everybody without one."""
    return _own(seats_visible_to(person).where(Panel.reference == panel_reference, Seat.stage == SeatStage.ACCEPTED))


def _own(found: Select[Seat]) -> Seat:
    seat = db.session.scalar(found)
    if seat is None:
        raise NotFound("seat")
    return seat


def loads(panel: Panel) -> dict[int, Load]:
    """How far each seat of the panel is in the round under way; recused sheets do not count."""
    rows = db.session.execute(
        select(Sheet.seat_id, func.count(), func.count().filter(Sheet.stage == SheetStage.FINAL))
        .join(Seat, Seat.id == Sheet.seat_id)
        .where(Seat.panel_id == panel.id, Sheet.round == panel.round, Sheet.stage != SheetStage.ENDED)
        .group_by(Sheet.seat_id)
    )
    return {seat_id: Load(assigned, final) for seat_id, assigned, final in rows}


def entries_in_round(panel: Panel, entries: list[Entry] | None = None) -> list[Entry]:
    """The eligible entries, or of these those, that went on to the round under way."""
    entries = entries_of(panel.challenge) if entries is None else entries
    if panel.round == 1:
        return entries
    going = select(Advance.solution_id).where(Advance.panel_id == panel.id, Advance.round == panel.round)
    found = set(db.session.scalars(going))
    return [entry for entry in entries if entry.solution.id in found]


def sides_of(seats: Sequence[Seat]) -> dict[int, str]:
    """Which of the three houses each judge speaks for, by seat id: as the secretary said, else as the membership."""
    rows = db.session.execute(
        select(Membership.person_id, Organisation.helix)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id.in_([seat.person_id for seat in seats]), Membership.ended_at.is_(None))
        .where(Organisation.is_listed)
        .order_by(Membership.id.desc())
    )
    own = {person_id: helix.value for person_id, helix in rows if helix.value in SIDES}
    found = {seat.id: seat.side.value if seat.side else own.get(seat.person_id) for seat in seats}
    return {seat_id: side for seat_id, side in found.items() if side is not None}


def declarations_of(seats: Iterable[Seat]) -> dict[tuple[int, int], Declaration]:
    """Everything declared for these seats, by (seat id, solution id)."""
    found = db.session.scalars(
        select(Declaration)
        .where(Declaration.seat_id.in_([seat.id for seat in seats]))
        .options(joinedload(Declaration.seat).joinedload(Seat.person), joinedload(Declaration.solution))
        .order_by(Declaration.id)
    )
    return {(each.seat_id, each.solution_id): each for each in found}


@dataclass(frozen=True)
class Standing:
    """How a seat stands to an entry: its conflict if there is one, whether it was asked, and the reason given."""

    basis: Basis | None
    reason: str | None = None

    @property
    def conflicted(self) -> bool:
        return self.basis not in {None, Basis.NONE}

    @property
    def clear(self) -> bool:
        """Whether the judge said that there is no conflict and none was found."""
        return self.basis == Basis.NONE


_UNASKED, _FREE = Standing(None), Standing(Basis.NONE)


@dataclass(frozen=True)
class Standings:
    """How seats stand to entries, `[seat id, solution id]`; a full-size contest has sixty thousand pairs, so only what
    is known is kept.

    conflicts: what speaks against a pair. free: by seat id the entries the judge said to be free of.
    """

    conflicts: Mapping[tuple[int, int], Standing]
    free: Mapping[int, Set[int]]

    def __getitem__(self, pair: tuple[int, int]) -> Standing:
        found = self.conflicts.get(pair)
        if found is not None:
            return found
        return _FREE if pair[1] in self.free.get(pair[0], ()) else _UNASKED

    def clear(self, seat: Seat) -> set[int]:
        """The entries that this judge declared to be free of and that nothing speaks against."""
        return {each for each in self.free.get(seat.id, ()) if (seat.id, each) not in self.conflicts}


def standings(seats: Sequence[Seat], entries: Sequence[Entry]) -> Standings:
    """How each seat stands to each entry: what was found today outweighs what was said."""
    ties = ties_of([seat.person for seat in seats], [entry.solution for entry in entries])
    own = {seat.person_id: seat.id for seat in seats}
    found = {(own[person], solution_id): Standing(tie) for (person, solution_id), tie in ties.items() if person in own}
    return Standings(found | conflicts_said(seats), _free(seats))


def conflicts_said(seats: Sequence[Seat]) -> dict[tuple[int, int], Standing]:
    """The conflicts that judges declared or were found to have, by (seat id, solution id)."""
    rows = db.session.execute(
        select(Declaration.seat_id, Declaration.solution_id, Declaration.basis, Declaration.reason).where(
            Declaration.seat_id.in_([seat.id for seat in seats]), Declaration.basis != Basis.NONE
        )
    )
    return {(seat_id, solution_id): Standing(basis, reason) for seat_id, solution_id, basis, reason in rows}


def _free(seats: Sequence[Seat]) -> dict[int, set[int]]:
    rows = db.session.execute(
        select(Declaration.seat_id, Declaration.solution_id).where(
            Declaration.seat_id.in_([seat.id for seat in seats]), Declaration.basis == Basis.NONE
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for seat_id, solution_id in rows:
        found[seat_id].add(solution_id)
    return found


@dataclass
class Declared:
    """What a seat said or was found of the entries it is for: its conflicts, and for how many it has not answered."""

    conflicts: list[tuple[Entry, Standing]] = field(default_factory=list)
    open: int = 0


def declared(seats: Sequence[Seat], entries: Sequence[Entry], known: Standings) -> dict[int, Declared]:
    """The same for every seat, by its id; `known` is how each stands to each."""
    by_id = {entry.solution.id: entry for entry in entries}
    of_field: dict[Field | None, set[int]] = defaultdict(set)
    for solution_id, entry in by_id.items():
        of_field[entry.field].add(solution_id)
    found = {seat.id: Declared() for seat in seats}
    for (seat_id, solution_id), standing in sorted(known.conflicts.items(), key=itemgetter(0)):
        if seat_id in found and solution_id in by_id:
            found[seat_id].conflicts.append((by_id[solution_id], standing))
    for seat in seats:
        own = found[seat.id]
        asked = set().union(*(ids for each, ids in of_field.items() if seat.reads(each)))
        own.open = len(asked - known.free.get(seat.id, set()) - {entry.solution.id for entry, _ in own.conflicts})
    return found


def entries_for(seat: Seat) -> list[Entry]:
    """The eligible entries of the fields that this judge is for."""
    return [entry for entry in entries_of(seat.panel.challenge) if seat.reads(entry.field)]


def undeclared_count(seat: Seat) -> int:
    """For how many entries this judge has not answered yet; found conflicts need no answer."""
    declared = select(Declaration.solution_id).where(Declaration.seat_id == seat.id)
    if not eligible_count(seat.panel.challenge, but=declared):
        return 0
    entries = entries_for(seat)
    known = standings([seat], entries)
    return sum(known[seat.id, each.solution.id].basis is None for each in entries)
