"""Deeds of meetings: propose times, choose one, change, cancel, and say whether the two met."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotFound, WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.policy import side_of
from marketplace.matching.introductions.services import report_milestone
from marketplace.matching.introductions.services.asking import sealed
from marketplace.matching.introductions.stages import Milestone
from marketplace.matching.introductions.stages import Stage as IntroductionStage
from marketplace.matching.meetings.events import (
    MeetingAgreed,
    MeetingAnswered,
    MeetingCancelled,
    MeetingChanged,
    MeetingOver,
    MeetingProposed,
)
from marketplace.matching.meetings.models import Meeting, Slot
from marketplace.matching.meetings.policy import can_change_meeting, can_choose_time, can_propose_meeting
from marketplace.matching.meetings.queries import standing_meeting
from marketplace.text import HANOI


def propose_meeting(introduction: Introduction, *, actor: Person, times: Sequence[datetime], **terms: Any) -> Meeting:
    """Propose times (UTC); `terms` are `minutes`, `place` and `note`.

    Raises Refused, WrongStage unless the introduction was accepted, Conflict while another meeting stands.
    """
    require(can_propose_meeting, actor, introduction)
    hold(introduction)
    if introduction.stage != IntroductionStage.ACCEPTED:
        raise WrongStage("the other side has not said yes")
    if standing_meeting(introduction) is not None:
        raise Conflict("another meeting stands")
    side = side_of(actor, introduction)
    meeting = Meeting(introduction=introduction, proposer=side, changed_at=clock.now(), **terms)
    meeting.slots = [Slot(starts_at=moment) for moment in sorted(set(times))]
    db.session.add(meeting)
    db.session.flush()
    announce(MeetingProposed(actor=actor, subject=meeting, facts=sealed(introduction)))
    return meeting


def change_meeting(meeting: Meeting, *, actor: Person, times: Sequence[datetime], **terms: Any) -> None:
    """Propose other times, also for what was agreed. Raises Refused, WrongStage once it is over or cancelled."""
    require(can_change_meeting, actor, meeting)
    hold(meeting)
    if meeting.is_over(clock.database_now()):
        raise WrongStage("its time has passed")
    meeting.move("change")
    side = side_of(actor, meeting.introduction)
    assert side is not None  # noqa: S101 - whoever may change it has a side
    meeting.proposer, meeting.starts_at = side, None
    for name, value in terms.items():
        setattr(meeting, name, value)
    meeting.slots.clear()
    db.session.flush()
    meeting.slots = [Slot(starts_at=moment) for moment in sorted(set(times))]
    _changed(meeting)
    announce(MeetingChanged(actor=actor, subject=meeting, facts=sealed(meeting.introduction)))


def choose_time(meeting: Meeting, *, actor: Person, starts_at: datetime) -> None:
    """Agree to one of the times. Raises Refused for the side that proposed, NotFound for a time that was not.

    Raises WrongStage once it was agreed or cancelled, or when that time has passed.
    """
    require(can_choose_time, actor, meeting)
    hold(meeting)
    if starts_at not in {slot.starts_at for slot in meeting.slots}:
        raise NotFound("this time was not proposed")
    if starts_at <= clock.database_now():
        raise WrongStage("this time has passed")
    meeting.move("agree")
    meeting.starts_at = starts_at
    _changed(meeting)
    key = f"{meeting.reference}:{meeting.sequence}"
    enqueue("ask_whether_met", key=key, run_after=meeting.ends_at, meeting_id=meeting.id, sequence=meeting.sequence)
    announce(MeetingAgreed(actor=actor, subject=meeting, facts=sealed(meeting.introduction)))


def cancel_meeting(meeting: Meeting, *, actor: Person, because: str | None = None) -> None:
    """Call it off. Raises Refused, WrongStage once it is over or cancelled."""
    require(can_change_meeting, actor, meeting)
    hold(meeting)
    if meeting.is_over(clock.database_now()):
        raise WrongStage("its time has passed")
    meeting.move("cancel")
    meeting.cancelled_because = because
    _changed(meeting)
    announce(MeetingCancelled(actor=actor, subject=meeting, facts=sealed(meeting.introduction)))


def answer_whether_met(meeting: Meeting, *, actor: Person, met: bool) -> None:
    """Say whether the two met at the agreed time; the other side may still confirm a meeting.

    Raises Refused, WrongStage before the time has passed and for a meeting that was not held.
    """
    require(can_change_meeting, actor, meeting)
    hold(meeting)
    if not meeting.is_over(clock.database_now()):
        raise WrongStage("there is nothing to answer")
    meeting.move("hold" if met else "miss")
    if met and meeting.starts_at is not None:
        day = meeting.starts_at.astimezone(HANOI).date()
        report_milestone(meeting.introduction, Milestone.MET, actor=actor, happened_on=day)
    announce(MeetingAnswered(actor=actor, subject=meeting, facts={"met": met, **sealed(meeting.introduction)}))


@job("ask_whether_met")
def ask_whether_met(meeting_id: int, sequence: int) -> None:
    """Ask both sides once the agreed time has passed, unless it was changed meanwhile."""
    meeting = db.session.get_one(Meeting, meeting_id)
    if meeting.sequence == sequence and meeting.is_over(clock.database_now()):
        announce(MeetingOver(actor=None, subject=meeting, facts=sealed(meeting.introduction)))


def _changed(meeting: Meeting) -> None:
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, clock.now()
    db.session.flush()
