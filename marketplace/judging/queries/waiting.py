"""What waits for a person in judging: as a judge, as a secretary, as the one who publishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import Person
from marketplace.asked import asked_once
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.models import Decision, Panel, Seat, Sheet
from marketplace.judging.queries.panels import Load, loads, seats_visible_to, undeclared_count
from marketplace.judging.queries.sheets import queue_of, total_of
from marketplace.judging.stages import SeatRole, SeatStage
from marketplace.organisations.queries import agencies_of
from marketplace.organisations.stages import Role

_JUDGED_NOW = (Stage.SCREENING, Stage.JUDGING)
_FOLLOWED = (Stage.JUDGING, Stage.DELIBERATION, Stage.DECIDED)


@dataclass(frozen=True)
class Bench:
    """One's accepted seat with its sheets, and how many entries it has not declared on."""

    seat: Seat
    sheets: list[Sheet]
    undeclared: int

    @property
    def totals(self) -> dict[int, Decimal | None]:
        """One's own weighted totals by sheet id, None where points are missing."""
        criteria = self.seat.panel.challenge.criteria
        return {sheet.id: total_of(sheet, criteria) for sheet in self.sheets}

    @property
    def open_sheets(self) -> list[Sheet]:
        """What is still to be scored, in the judge's own order; once scoring is over, what the chair returned."""
        return [sheet for sheet in self.sheets if sheet.is_open]


@dataclass(frozen=True)
class JudgeWork:
    """Invitations without an answer, and what lies on one's benches, the newest panel first."""

    invitations: list[Seat]
    benches: list[Bench]

    @property
    def waits(self) -> bool:
        return bool(self.invitations) or any(bench.undeclared or bench.open_sheets for bench in self.benches)


@dataclass(frozen=True)
class Chaired:
    """A challenge being judged whose panel one chairs, and how far its sheets are."""

    challenge: Challenge
    progress: Load


def judge_work(person: Person) -> JudgeWork:
    """Everything a judge has to do and has done."""
    seats = _seats_of(person)
    accepted = [seat for seat in seats if seat.stage == SeatStage.ACCEPTED]
    sheets = queue_of(person) if accepted else []
    benches = [
        Bench(seat, [sheet for sheet in sheets if sheet.seat_id == seat.id], _undeclared(seat)) for seat in accepted
    ]
    return JudgeWork(_invitations(seats), benches)


@asked_once
def _seats_of(person: Person) -> Sequence[Seat]:
    return db.session.scalars(seats_visible_to(person).order_by(Panel.id.desc())).all()


def _invitations(seats: Sequence[Seat]) -> list[Seat]:
    at_work = (*_JUDGED_NOW, Stage.PUBLISHED)
    return [seat for seat in seats if seat.stage == SeatStage.INVITED and seat.panel.challenge.stage in at_work]


def _undeclared(seat: Seat) -> int:
    return undeclared_count(seat) if seat.panel.challenge.stage in _JUDGED_NOW else 0


def chaired_by(person: Person) -> list[Chaired]:
    """What the chair follows, from the first sheet to publication, the oldest first."""
    if not any(seat.role == SeatRole.CHAIR and seat.stage == SeatStage.ACCEPTED for seat in _seats_of(person)):
        return []
    panels = db.session.scalars(
        select(Panel)
        .join(Panel.seats)
        .join(Panel.challenge)
        .where(Seat.person_id == person.id, Seat.role == SeatRole.CHAIR, Seat.stage == SeatStage.ACCEPTED)
        .where(Challenge.stage.in_(_FOLLOWED))
        .options(contains_eager(Panel.challenge))
        .order_by(Panel.id)
    )
    return [Chaired(panel.challenge, _progress(panel)) for panel in panels]


def _progress(panel: Panel) -> Load:
    each = loads(panel).values()
    return Load(sum(load.assigned for load in each), sum(load.final for load in each))


def to_publish(person: Person) -> Sequence[Decision]:
    """Drafted results that wait for this manager, who did not draft them, the oldest first."""
    agencies = [agency.id for agency in agencies_of(person, Role.MANAGER)]
    if not agencies:
        return []
    return db.session.scalars(
        select(Decision)
        .join(Decision.challenge)
        .where(Decision.returned_at.is_(None), Decision.published_at.is_(None))
        .where(Challenge.agency_id.in_(agencies), Decision.drafted_by_id != person.id)
        .options(contains_eager(Decision.challenge), joinedload(Decision.drafted_by))
        .order_by(Decision.id)
    ).all()
