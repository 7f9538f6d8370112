"""Writing to many: drafted, looked at, sent by a second press, delivered by the worker once."""

from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.notifications.broadcasting.events import BroadcastSent, BroadcastWritten
from marketplace.notifications.broadcasting.models import Broadcast
from marketplace.notifications.broadcasting.policy import can_broadcast
from marketplace.notifications.broadcasting.queries import people_in
from marketplace.notifications.broadcasting.stages import SEALED, Audience
from marketplace.notifications.services import write_letter


def write_broadcast(challenge: Challenge, *, audience: Audience, actor: Person, **texts: Any) -> Broadcast:
    """Write subject_vi, body_vi and, for readers of English, subject_en, body_en; nothing leaves yet."""
    require(can_broadcast, actor, challenge)
    broadcast = Broadcast(challenge=challenge, author=actor, audience=audience, written_at=clock.now(), **texts)
    db.session.add(broadcast)
    db.session.flush()
    announce(BroadcastWritten(actor=actor, subject=broadcast))
    return broadcast


def drop_broadcast(broadcast: Broadcast, *, actor: Person) -> None:
    """Throw away what nobody got; raises WrongStage once it was sent."""
    require(can_broadcast, actor, broadcast.challenge)
    _must_wait(broadcast)
    db.session.delete(broadcast)


def send_broadcast(broadcast: Broadcast, *, actor: Person) -> None:
    """Let the worker deliver it; raises WrongStage if it was sent before."""
    require(can_broadcast, actor, broadcast.challenge)
    _must_wait(broadcast)
    broadcast.sent_at = clock.now()
    enqueue("deliver_broadcast", key=broadcast.reference, broadcast_id=broadcast.id)
    announce(BroadcastSent(actor=actor, subject=broadcast, facts={"audience": broadcast.audience.value}))


@job("deliver_broadcast")
def deliver_broadcast(broadcast_id: int) -> None:
    """One letter to each who stands there at this moment; sealed as long as who they are is."""
    broadcast = db.session.get_one(Broadcast, broadcast_id)
    hold(broadcast)
    if broadcast.delivered_at is not None:
        return
    challenge, people = broadcast.challenge, people_in(broadcast.audience, broadcast.challenge)
    sealed = challenge.sealed_until if broadcast.audience in SEALED else None
    for person in people:
        write_letter("broadcast", to=person, broadcast=broadcast, challenge=challenge, sealed_until=sealed)
    broadcast.delivered_at, broadcast.letter_count = clock.now(), len(people)


def _must_wait(broadcast: Broadcast) -> None:
    hold(broadcast)
    if broadcast.sent_at is not None:
        raise WrongStage("it was sent")
