"""From review to the public, and its end."""

from datetime import datetime

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import (
    ChallengeCancelled,
    ChallengePublished,
    ChallengeReturned,
    ChallengeSubmitted,
)
from marketplace.challenges.gate import Severity, gaps
from marketplace.challenges.models import Challenge, ReviewMessage
from marketplace.challenges.policy import (
    can_cancel_challenge,
    can_publish_challenge,
    can_return_challenge,
    can_submit_challenge,
)
from marketplace.challenges.services.reviewing import keep_message
from marketplace.db import db
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce


def submit_challenge(challenge: Challenge, *, actor: Person, explanation: str | None = None) -> None:
    """Ask the operator to publish; with an explanation of what cannot be filled in, the operator decides about it.

    Raises NotReady naming what the quality gate still misses, unless that is explained and could be waived.
    """
    require(can_submit_challenge, actor, challenge)
    challenge.move("submit")
    missing = gaps(challenge, clock.database_now())
    if any(gap.severity == Severity.FIXED for gap in missing) or (missing and not explanation):
        raise NotReady(missing)
    challenge.returned_because = None
    announce(ChallengeSubmitted(actor=actor, subject=challenge, facts={"missing": [gap.name for gap in missing]}))
    if explanation:
        keep_message(challenge, actor=actor, body=explanation)


def return_challenge(challenge: Challenge, *, actor: Person, reasons: str) -> None:
    """Send it back to its authors with reasons."""
    require(can_return_challenge, actor, challenge)
    challenge.move("return")
    challenge.returned_because = reasons
    challenge.publish_at = challenge.scheduler = None
    db.session.add(ReviewMessage(challenge=challenge, person=actor, body=reasons, written_at=clock.now()))
    announce(ChallengeReturned(actor=actor, subject=challenge, facts={"reasons": reasons}))


def publish_challenge(challenge: Challenge, *, actor: Person) -> None:
    """Show the challenge to everyone; solutions are taken between opens_at and closes_at.

    Raises Refused unless an operator who did not write it, WrongStage unless it is in review, NotReady if the
    timetable has meanwhile run out.
    """
    require(can_publish_challenge, actor, challenge)
    challenge.move("publish")
    missing = gaps(challenge, clock.database_now())
    if missing:
        raise NotReady(missing)
    challenge.published_at = clock.now()
    announce(ChallengePublished(actor=actor, subject=challenge))


def cancel_challenge(challenge: Challenge, *, actor: Person, reasons: str) -> None:
    """Say publicly that it will not be carried out."""
    require(can_cancel_challenge, actor, challenge)
    challenge.move("cancel")
    announce(ChallengeCancelled(actor=actor, subject=challenge, facts={"reasons": reasons}))


def must_be_open(challenge: Challenge, at: datetime) -> None:
    """Raise WrongStage unless solutions are taken at this moment of the database's clock."""
    if not challenge.is_open(at):
        raise WrongStage("the challenge takes no solutions now")
