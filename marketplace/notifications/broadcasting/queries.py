"""Who stands where, and what was written to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.models import Panel
from marketplace.judging.queries.panels import loads
from marketplace.notifications.broadcasting.models import Broadcast
from marketplace.notifications.broadcasting.stages import SEALED, Audience
from marketplace.notifications.queries import people_concerned
from marketplace.solutions.models import Solution
from marketplace.solutions.queries.consortium import people_of
from marketplace.solutions.stages import Stage

_STAGES = {
    Audience.DRAFTERS: (Stage.DRAFT,),
    Audience.ENTRANTS: (Stage.SUBMITTED, Stage.ADMITTED),
    Audience.INELIGIBLE: (Stage.INELIGIBLE,),
    Audience.AWARDED: (Stage.AWARDED,),
    Audience.NOT_SELECTED: (Stage.NOT_SELECTED,),
}


def people_in(audience: Audience, challenge: Challenge) -> list[Person]:
    """Everybody who stands there now, each once; for the deed that writes to them, since nobody else may know."""
    if audience == Audience.CONCERNED:
        return people_concerned(challenge)
    if audience == Audience.LATE_JUDGES:
        return _late_judges(challenge)
    stages = _STAGES[audience]
    found = select(Solution).where(Solution.challenge_id == challenge.id, Solution.stage.in_(stages))
    entries = db.session.scalars(found.order_by(Solution.id))
    return _once(person for solution in entries for person in people_of(solution))


def is_sealed(audience: Audience, challenge: Challenge, at: datetime) -> bool:
    """Whether nobody may know yet how many they are."""
    return audience in SEALED and (challenge.sealed_until is None or at < challenge.sealed_until)


def broadcasts_of(challenge: Challenge) -> Sequence[Broadcast]:
    """What was written to many about this challenge, the newest first."""
    found = select(Broadcast).where(Broadcast.challenge_id == challenge.id)
    return db.session.scalars(found.order_by(Broadcast.id.desc())).all()


def get_broadcast(challenge: Challenge, reference: str) -> Broadcast:
    """The one of this challenge with this reference; raises NotFound."""
    found = select(Broadcast).where(Broadcast.challenge_id == challenge.id, Broadcast.reference == reference)
    broadcast = db.session.scalar(found)
    if broadcast is None:
        raise NotFound(reference)
    return broadcast


def _late_judges(challenge: Challenge) -> list[Person]:
    """Who has entries of the round under way still to score."""
    late = []
    for panel in db.session.scalars(select(Panel).where(Panel.challenge_id == challenge.id).order_by(Panel.id)):
        of_seat = loads(panel)
        late += [seat.person for seat in panel.seats if seat.id in of_seat and of_seat[seat.id].open]
    return _once(late)


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())
