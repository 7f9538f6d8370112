"""Questions about defences; a judge reads of the hearings of their own entries only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.defence.models import Absence, Asked, Booking, Defence, Hearing
from marketplace.judging.defence.policy import can_attend_hearing
from marketplace.judging.models import Panel, Seat, Sheet
from marketplace.judging.queries.panels import get_panel, panel_of
from marketplace.judging.queries.sheets import sheets_of_panel, without_ties
from marketplace.judging.stages import RoundKind
from marketplace.solutions.models import Solution

TICK = timedelta(minutes=5)
# from when until when
Span = tuple[datetime, datetime]


def oral_panel(challenge: Challenge) -> Panel:
    """The panel, where the round under way is an oral one; raises NotFound elsewhere."""
    panel = get_panel(challenge)
    if not is_oral(panel):
        raise NotFound(challenge.slug)
    return panel


def is_oral(panel: Panel) -> bool:
    """Whether entries are defended in the round under way."""
    return panel.rules.kind(panel.round) == RoundKind.ORAL


def defence_of(panel: Panel) -> Defence | None:
    """The timetable of the round under way."""
    return db.session.scalar(_defences().where(Defence.panel_id == panel.id, Defence.round == panel.round))


def hearings_afresh(defence: Defence) -> Sequence[Hearing]:
    """All hearings of a plan as they stand now, also where they were read before the panel was locked."""
    found = select(Hearing).where(Hearing.defence_id == defence.id).order_by(Hearing.starts_at, Hearing.room)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def _defences() -> Select[Defence]:
    hearings = selectinload(Defence.hearings)
    return select(Defence).options(
        hearings.joinedload(Hearing.solution).joinedload(Solution.organisation),
        hearings.joinedload(Hearing.solution).selectinload(Solution.versions),
        hearings.selectinload(Hearing.asked).joinedload(Asked.written_by),
    )


def hearers_of(panel: Panel) -> dict[int, list[Sheet]]:
    """The standing sheets of the round under way, by solution id: who hears which entry."""
    found: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets_of_panel(panel):
        found[sheet.solution_id].append(sheet)
    return found


def taken_elsewhere(
    names: Iterable[str], *, besides: Defence | None, between: tuple[datetime, datetime]
) -> dict[str, set[datetime]]:
    """The five minutes for which these judges and rooms are taken by other defences, by their names in bookings."""
    taken = select(Booking.what, Booking.at).join(Booking.hearing)
    taken = taken.where(Booking.what.in_(list(names)), Booking.at >= between[0], Booking.at <= between[1])
    if besides is not None:
        taken = taken.where(Hearing.defence_id != besides.id)
    found: dict[str, set[datetime]] = defaultdict(set)
    for what, at in db.session.execute(taken):
        found[what].add(at)
    return found


def absences_of(panel: Panel) -> Sequence[Absence]:
    """When judges of this panel said that they cannot come."""
    return db.session.scalars(
        select(Absence)
        .join(Absence.seat)
        .where(Seat.panel_id == panel.id, Absence.withdrawn_at.is_(None))
        .options(contains_eager(Absence.seat).joinedload(Seat.person))
        .order_by(Absence.starts_at, Absence.id)
    ).all()


def get_absence(seat_or_panel: Seat | Panel, reference: str) -> Absence:
    """A standing absence of this judge, or of a judge of this panel; raises NotFound."""
    found = select(Absence).join(Absence.seat).where(Absence.reference == reference, Absence.withdrawn_at.is_(None))
    is_panel = isinstance(seat_or_panel, Panel)
    own = Seat.panel_id == seat_or_panel.id if is_panel else Absence.seat_id == seat_or_panel.id
    absence = db.session.scalar(found.where(own))
    if absence is None:
        raise NotFound(reference)
    return absence


def away(person_ids: Iterable[int], *, between: Span) -> dict[int, list[Span]]:
    """When these people cannot come within that time, whichever panel they said it for, by their ids."""
    rows = db.session.execute(
        select(Seat.person_id, Absence.starts_at, Absence.ends_at)
        .join(Absence, Absence.seat_id == Seat.id)
        .where(Seat.person_id.in_(list(person_ids)), Absence.withdrawn_at.is_(None))
        .where(Absence.starts_at < between[1], Absence.ends_at > between[0])
        .order_by(Absence.id)
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for person_id, starts_at, ends_at in rows:
        found[person_id].append((starts_at, ends_at))
    return found


def hearing_to_attend(panel: Panel, person: Person, *, reference: str) -> Hearing:
    """A hearing of an entry that this person hears, or of any for the secretary; raises NotFound for every other."""
    defence, hearers = defence_of(panel), hearers_of(panel)
    for hearing in defence.hearings if defence is not None else []:
        sheets = without_ties(hearers[hearing.solution_id], person)
        if hearing.reference == reference and can_attend_hearing(person, panel, hearing.solution, sheets):
            return hearing
    raise NotFound(reference)


def hearings_of_judge(seat: Seat) -> list[tuple[Hearing, Sheet]]:
    """The judge's own hearings in the round under way with their sheets, in order."""
    defence = defence_of(seat.panel)
    own = [sheet for sheet in sheets_of_panel(seat.panel) if sheet.seat_id == seat.id]
    mine = {sheet.solution_id: sheet for sheet in without_ties(own, seat.person)}
    hearings = defence.hearings if defence is not None else []
    return [(hearing, mine[hearing.solution_id]) for hearing in hearings if hearing.solution_id in mine]


def hearing_of(solution: Solution) -> Hearing | None:
    """The latest hearing to which this entrant is invited."""
    return db.session.scalar(
        select(Hearing)
        .join(Hearing.defence)
        .where(Hearing.solution_id == solution.id, Defence.invited_at.is_not(None))
        .options(contains_eager(Hearing.defence).joinedload(Defence.panel))
        .order_by(Defence.round.desc())
        .limit(1)
    )


def public_defence(challenge: Challenge) -> Defence | None:
    """The latest timetable that everybody may read: where the rules say so and entrants are invited."""
    panel = panel_of(challenge)
    if panel is None or not panel.rules.defence_public:
        return None
    told = _defences().where(Defence.panel_id == panel.id, Defence.invited_at.is_not(None))
    return db.session.scalar(told.order_by(Defence.round.desc()).limit(1))


def questions_of(panel: Panel) -> Sequence[Asked]:
    """Everything that was asked in hearings of this panel, in order, for the minutes."""
    return db.session.scalars(
        select(Asked)
        .join(Asked.hearing)
        .join(Hearing.defence)
        .where(Defence.panel_id == panel.id)
        .options(contains_eager(Asked.hearing), joinedload(Asked.written_by))
        .order_by(Hearing.starts_at, Asked.id)
    ).all()
