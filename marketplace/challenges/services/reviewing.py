"""What operator and agency do about a statement in review: talk about it, let a gap pass."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import GapWaived, ReviewMessageWritten
from marketplace.challenges.gate import Severity, misses
from marketplace.challenges.models import Challenge, ReviewMessage, Waiver
from marketplace.challenges.policy import can_discuss_review, can_waive_gap
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotFound, WrongStage
from marketplace.events import announce


def waive_gap(challenge: Challenge, *, actor: Person, gap: str, reason: str) -> None:
    """Let the statement pass without something that the gate asks for; the reason is public.

    Raises Refused unless the actor could publish it, WrongStage unless it is in review, NotFound if nothing of that
    name is missing or nobody can do without it, Conflict if it was waived before.
    """
    require(can_waive_gap, actor, challenge)
    _must_be_in_review(challenge)
    found = {miss.name for miss in misses(challenge, clock.database_now()) if miss.severity != Severity.FIXED}
    if gap not in found:
        raise NotFound(gap)
    if any(waiver.gap == gap for waiver in challenge.waivers):
        raise Conflict("it was waived before")
    db.session.add(Waiver(challenge=challenge, gap=gap, reason=reason, person=actor, waived_at=clock.now()))
    db.session.flush()
    announce(GapWaived(actor=actor, subject=challenge, facts={"gap": gap, "reason": reason}))


def write_review_message(challenge: Challenge, *, actor: Person, body: str) -> None:
    """Write to the other side while the statement is in review."""
    require(can_discuss_review, actor, challenge)
    _must_be_in_review(challenge)
    keep_message(challenge, actor=actor, body=body)


def keep_message(challenge: Challenge, *, actor: Person, body: str) -> None:
    """Add a message to the thread, whatever the stage; for deeds that come with one."""
    db.session.add(ReviewMessage(challenge=challenge, person=actor, body=body, written_at=clock.now()))
    db.session.flush()
    announce(ReviewMessageWritten(actor=actor, subject=challenge, unsaid={"body": body}))


def _must_be_in_review(challenge: Challenge) -> None:
    hold(challenge)
    if challenge.stage != Stage.IN_REVIEW:
        raise WrongStage("it is not in review")
