"""Holding briefings, registering for them, moving up; a reminder the day before."""

from datetime import datetime, timedelta
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.briefings.events import (
    BriefingAdded,
    BriefingCancelled,
    BriefingChanged,
    BriefingJoined,
    BriefingLeft,
    BriefingNear,
)
from marketplace.challenges.briefings.models import Briefing, Registration
from marketplace.challenges.briefings.policy import can_hold_briefing, can_register
from marketplace.challenges.briefings.queries import registration_of
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import HIDDEN, Stage
from marketplace.db import db, hold
from marketplace.errors import Refused, WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role

REMINDED = timedelta(days=1)


def add_briefing(challenge: Challenge, *, actor: Person, **fields: Any) -> Briefing:
    """Announce a briefing; `fields` are its columns. Raises Refused, WrongStage after the time for solutions."""
    require(can_hold_briefing, actor, challenge)
    hold(challenge)
    if challenge.stage not in HIDDEN | {Stage.PUBLISHED} or challenge.is_closed(clock.database_now()):
        raise WrongStage("it takes no solutions any more")
    briefing = Briefing(challenge=challenge, **fields)
    db.session.add(briefing)
    db.session.flush()
    announce(BriefingAdded(actor=actor, subject=briefing))
    _come_back(briefing)
    return briefing


def change_briefing(briefing: Briefing, *, actor: Person, **fields: Any) -> None:
    """Change time, place or seats; the registered are told. Fewer seats move the last to the waiting list.

    Raises Refused, WrongStage once it began or was cancelled.
    """
    require(can_hold_briefing, actor, briefing.challenge)
    _hold_coming(briefing)
    if all(getattr(briefing, name) == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(briefing, name, value)
    db.session.flush()
    announce(BriefingChanged(actor=actor, subject=briefing))
    _come_back(briefing)


def cancel_briefing(briefing: Briefing, *, actor: Person, because: str) -> None:
    """Say that it does not take place, and why. Raises Refused, WrongStage once it began or was cancelled."""
    require(can_hold_briefing, actor, briefing.challenge)
    _hold_coming(briefing)
    briefing.cancelled_at, briefing.cancelled_because = clock.now(), because
    announce(BriefingCancelled(actor=actor, subject=briefing, facts={"because": because}))


def join_briefing(briefing: Briefing, *, actor: Person, organisation: Organisation | None) -> Registration:
    """Register, or stand on the waiting list where all seats are taken; pressed again it changes nothing.

    Raises Refused for its own people and for an organisation one does not belong to, WrongStage once it began.
    """
    require(can_register, actor, briefing)
    if organisation is not None and not has_role(actor, organisation, Role.VIEWER):
        raise Refused("does not belong to this organisation")
    _hold_coming(briefing)
    known = registration_of(briefing, actor)
    if known is not None:
        return known
    found = Registration(briefing=briefing, person=actor, organisation=organisation, registered_at=clock.now())
    db.session.add(found)
    db.session.flush()
    db.session.expire(briefing, ["registrations"])
    facts = _sealed(briefing.challenge)
    announce(BriefingJoined(actor=actor, subject=briefing, facts=facts, unsaid={"registration": found}))
    return found


def leave_briefing(briefing: Briefing, *, actor: Person) -> None:
    """Give the seat back; whoever waits longest has it now. Raises WrongStage once it began. Twice changes nothing."""
    _hold_coming(briefing)
    found = registration_of(briefing, actor)
    if found is None:
        return
    had_seats = set(briefing.seated)
    found.left_at = clock.now()
    db.session.flush()
    db.session.expire(briefing, ["registrations"])
    moved_up = [each for each in briefing.seated if each not in had_seats]
    announce(
        BriefingLeft(actor=actor, subject=briefing, facts=_sealed(briefing.challenge), unsaid={"moved_up": moved_up})
    )


@job("remind_of_briefing")
def remind_of_briefing(briefing_id: int) -> None:
    """Say that it is near, if it still is: one that was moved is reminded of at its new time."""
    briefing = db.session.get_one(Briefing, briefing_id)
    hold(briefing)
    left = briefing.starts_at - clock.database_now()
    if briefing.cancelled_at is None and timedelta() < left <= REMINDED:
        announce(BriefingNear(actor=None, subject=briefing))


def _come_back(briefing: Briefing) -> None:
    due = briefing.starts_at - REMINDED
    if due > clock.now():
        key = f"{briefing.reference}:{briefing.starts_at.isoformat()}"
        enqueue("remind_of_briefing", key=key, run_after=due, briefing_id=briefing.id)


def _hold_coming(briefing: Briefing) -> None:
    """Hold the row, so that seats are given one after another; WrongStage unless it is still to come."""
    hold(briefing)
    db.session.expire(briefing, ["registrations"])
    if not briefing.takes(clock.database_now()):
        raise WrongStage("it began or was cancelled")


def _sealed(challenge: Challenge) -> dict[str, datetime | str | None]:
    """Who registers may be about to answer, so the journal keeps it as it keeps answers."""
    return {"sealed_by": challenge.reference, "sealed_until": challenge.sealed_until}
