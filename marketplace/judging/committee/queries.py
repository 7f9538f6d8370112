"""Questions of the committee; nobody reads anything of an entry that a conflict hides from them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Field, Stage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.committee.models import Motion, Remark, Vote
from marketplace.judging.committee.policy import can_attend, is_voting
from marketplace.judging.models import Panel, Seat
from marketplace.judging.policy import can_run_panel
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import panel_of, standings
from marketplace.judging.queries.results import Row, hidden_from, matrix_for
from marketplace.judging.stages import Blind
from marketplace.solutions.models import Solution

MEETS = frozenset({Stage.DELIBERATION, Stage.DECIDED})
READS = MEETS | {Stage.RESULTS_PUBLISHED, Stage.NOT_AWARDED}


def committee_of(challenge: Challenge, person: Person) -> Panel:
    """The panel, once scoring is over; raises NotFound for everybody who has no place on it."""
    found = panel_of(challenge)
    if found is None or challenge.stage not in READS or not can_attend(person, found):
        raise NotFound(challenge.slug)
    return found


def hidden_entries(panel: Panel, person: Person) -> set[int]:
    """The ids of the solutions that a conflict hides from this person."""
    return hidden_from(person, panel, entries_of(panel.challenge))


def rows_for(panel: Panel, person: Person, *, field: Field | None = None) -> list[Row]:
    """The ranking, or that of one field of a contest, as this person may see it.

    No entry hidden by a conflict, and who entered as blind as it was read.
    """
    rows = matrix_for(person, panel, field=field)
    open_to_all = panel.challenge.stage not in MEETS or panel.rules.blind(panel.round) == Blind.OPEN
    if open_to_all or can_run_panel(person, panel):
        return rows
    return [replace(row, entry=replace(row.entry, blind=True)) for row in rows]


def row_for(panel: Panel, person: Person, *, reference: str) -> Row:
    """The entry with this reference among those the person may see; raises NotFound for every other."""
    found = next((row for row in rows_for(panel, person) if row.entry.solution.reference == reference), None)
    if found is None:
        raise NotFound(reference)
    return found


def remarks_on(panel: Panel, solution: Solution) -> Sequence[Remark]:
    """What was said of an entry, the first first."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.panel_id == panel.id, Remark.solution_id == solution.id)
        .options(joinedload(Remark.author))
        .order_by(Remark.id)
    ).all()


def remark_counts(panel: Panel) -> dict[int, int]:
    """How many remarks there are, by solution id."""
    counted = select(Remark.solution_id, func.count()).where(Remark.panel_id == panel.id).group_by(Remark.solution_id)
    return dict(db.session.execute(counted).all())


def motions_for(panel: Panel, person: Person) -> list[Motion]:
    """The motions that this person may read, by number."""
    hidden = hidden_entries(panel, person)
    found = db.session.scalars(
        select(Motion)
        .where(Motion.panel_id == panel.id)
        .options(
            selectinload(Motion.votes).joinedload(Vote.seat).joinedload(Seat.person),
            joinedload(Motion.solution),
            joinedload(Motion.put_by),
        )
        .order_by(Motion.number)
    ).all()
    return [motion for motion in found if motion.solution_id not in hidden]


def get_motion(panel: Panel, person: Person, *, number: int) -> Motion:
    """The motion with this number; raises NotFound where a conflict hides its entry."""
    found = next((motion for motion in motions_for(panel, person) if motion.number == number), None)
    if found is None:
        raise NotFound(str(number))
    return found


def next_number(panel: Panel) -> int:
    """The number of the motion that is put next."""
    return (db.session.scalar(select(func.max(Motion.number)).where(Motion.panel_id == panel.id)) or 0) + 1


def entitled_seats(motion: Motion) -> set[int]:
    """Ids of the seats that may vote: members whose conflicts do not hide the entry it is about."""
    voting = [seat for seat in motion.panel.seats if is_voting(seat)]
    if motion.solution_id is None:
        return {seat.id for seat in voting}
    known = standings(voting, entries_of(motion.panel.challenge)).conflicts
    return {seat.id for seat in voting if (seat.id, motion.solution_id) not in known}
