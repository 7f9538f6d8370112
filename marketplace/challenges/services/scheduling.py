"""A challenge that publishes itself: said by an operator, done by the worker."""

from datetime import UTC, datetime

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import PublicationScheduled, PublicationUnscheduled
from marketplace.challenges.gate import gaps
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_publish_challenge
from marketplace.challenges.services.publishing import publish_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job


def schedule_publication(challenge: Challenge, *, actor: Person, publish_at: datetime) -> None:
    """Let it publish itself at `publish_at` (UTC); a later word replaces an earlier one.

    Raises Refused unless the actor could publish it now, WrongStage unless it is in review and the moment is to come,
    NotReady naming what would be missing then.
    """
    require(can_publish_challenge, actor, challenge)
    hold(challenge)
    if challenge.stage != Stage.IN_REVIEW or publish_at <= clock.database_now():
        raise WrongStage("only what is in review can be scheduled, for a moment to come")
    missing = gaps(challenge, publish_at)
    if missing:
        raise NotReady(missing)
    challenge.publish_at, challenge.scheduler = publish_at, actor
    said = publish_at.astimezone(UTC).isoformat()
    announce(PublicationScheduled(actor=actor, subject=challenge, facts={"publish_at": said}))
    key = f"{challenge.reference}:{said}:{clock.now().isoformat()}"
    enqueue("publish_challenge", key=key, run_after=publish_at, challenge_id=challenge.id)


def unschedule_publication(challenge: Challenge, *, actor: Person) -> None:
    """Take the moment back. Raises Refused unless the actor could publish it, WrongStage where none was said."""
    require(can_publish_challenge, actor, challenge)
    hold(challenge)
    if challenge.stage != Stage.IN_REVIEW or challenge.publish_at is None:
        raise WrongStage("nothing is scheduled")
    challenge.publish_at = challenge.scheduler = None
    announce(PublicationUnscheduled(actor=actor, subject=challenge))


@job("publish_challenge")
def publish_as_scheduled(challenge_id: int) -> None:
    """Publish what is due now, in the name of whoever said so; what cannot be published any more is taken back."""
    challenge = db.session.get_one(Challenge, challenge_id)
    hold(challenge)
    now = clock.database_now()
    if challenge.stage != Stage.IN_REVIEW or challenge.publish_at is None or challenge.publish_at > now:
        return
    missing = [gap.name for gap in gaps(challenge, now)]
    if challenge.scheduler is None or not can_publish_challenge(challenge.scheduler, challenge) or missing:
        challenge.publish_at = challenge.scheduler = None
        facts = {"because": missing or ["operator"]}
        announce(PublicationUnscheduled(actor=None, subject=challenge, facts=facts))
        return
    publish_challenge(challenge, actor=challenge.scheduler)
