"""Deeds around times at which a judge is away: another panel, a lecture, a journey."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import NotFound, WrongStage
from marketplace.events import announce
from marketplace.judging.defence.events import AbsenceSaid, AbsenceWithdrawn
from marketplace.judging.defence.models import Absence
from marketplace.judging.defence.policy import can_say_absence
from marketplace.judging.defence.queries import Span
from marketplace.judging.models import Seat
from marketplace.judging.stages import SeatStage


def say_absence(seat: Seat, *, actor: Person, span: Span, reason: str | None) -> Absence:
    """Say that the judge cannot come between two moments (UTC); hearings that stand there are then to be moved.

    Raises Refused, WrongStage for a time that is over or a judge who left.
    """
    require(can_say_absence, actor, seat)
    hold(seat)
    if seat.stage != SeatStage.ACCEPTED or span[1] <= clock.database_now():
        raise WrongStage("the judge left, or the time is over")
    starts_at, ends_at = span
    absence = Absence(
        seat=seat, starts_at=starts_at, ends_at=ends_at, reason=reason or None, said_by_id=actor.id, said_at=clock.now()
    )
    db.session.add(absence)
    db.session.flush()
    announce(AbsenceSaid(actor=actor, subject=absence, facts={"judge": seat.reference}))
    return absence


def withdraw_absence(absence: Absence, *, actor: Person) -> None:
    """The judge can come after all. Raises Refused, NotFound where it was taken back already."""
    require(can_say_absence, actor, absence.seat)
    hold(absence)
    if absence.withdrawn_at is not None:
        raise NotFound(absence.reference)
    absence.withdrawn_at = clock.now()
    announce(AbsenceWithdrawn(actor=actor, subject=absence, facts={"judge": absence.seat.reference}))
