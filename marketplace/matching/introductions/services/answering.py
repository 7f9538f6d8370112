"""Saying yes or no in time, taking a request back, ending the contact; and the clock that does it for nobody."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.jobs import job
from marketplace.matching.introductions.events import (
    IntroductionAccepted,
    IntroductionDeclined,
    IntroductionEnded,
    IntroductionExpired,
    IntroductionReminded,
    IntroductionWithdrawn,
)
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.policy import (
    can_answer_introduction,
    can_see_introduction,
    can_withdraw_introduction,
)
from marketplace.matching.introductions.services.asking import sealed
from marketplace.matching.introductions.stages import Reason


def accept_introduction(introduction: Introduction, *, actor: Person) -> None:
    """Say yes. Raises Refused unless of the organisation asked, WrongStage once answered or too late."""
    _answer(introduction, actor, "accept")
    announce(IntroductionAccepted(actor=actor, subject=introduction, facts=sealed(introduction)))


def decline_introduction(
    introduction: Introduction, *, actor: Person, reason: Reason, remark: str | None = None
) -> None:
    """Say no, and why. Raises Refused unless of the organisation asked, WrongStage once answered or too late."""
    _answer(introduction, actor, "decline")
    introduction.reason, introduction.remark = reason, remark
    announce(IntroductionDeclined(actor=actor, subject=introduction, facts=sealed(introduction)))


def withdraw_introduction(introduction: Introduction, *, actor: Person) -> None:
    """Take the request back. Raises Refused unless of the organisation that asked, WrongStage once answered."""
    require(can_withdraw_introduction, actor, introduction)
    hold(introduction)
    introduction.move("withdraw")
    introduction.ended_at = clock.now()
    announce(IntroductionWithdrawn(actor=actor, subject=introduction, facts=sealed(introduction)))


def end_introduction(introduction: Introduction, *, actor: Person) -> None:
    """End the contact: nobody writes any more. Raises Refused unless of one side, WrongStage unless accepted."""
    require(can_see_introduction, actor, introduction)
    hold(introduction)
    introduction.move("end")
    introduction.ended_at = clock.now()
    announce(IntroductionEnded(actor=actor, subject=introduction, facts=sealed(introduction)))


@job("remind_of_introduction")
def remind_of_introduction(introduction_id: int) -> None:
    """Remind those asked, unless they have answered."""
    introduction = db.session.get_one(Introduction, introduction_id)
    if introduction.is_waiting and not introduction.is_late(clock.database_now()):
        announce(IntroductionReminded(actor=None, subject=introduction, facts=sealed(introduction)))


@job("expire_introduction")
def expire_introduction(introduction_id: int) -> None:
    """Let the request end without an answer, unless there was one."""
    introduction = db.session.get_one(Introduction, introduction_id)
    hold(introduction)
    if introduction.is_late(clock.database_now()):
        introduction.move("expire")
        introduction.ended_at = clock.now()
        announce(IntroductionExpired(actor=None, subject=introduction, facts=sealed(introduction)))


def _answer(introduction: Introduction, actor: Person, move: str) -> None:
    require(can_answer_introduction, actor, introduction)
    hold(introduction)
    now = clock.database_now()
    if introduction.is_late(now):
        raise WrongStage("the time to answer is over")
    introduction.move(move)
    introduction.answered_at, introduction.answered_by_id = now, actor.id
