"""Questions about briefings; whoever sees a challenge sees that there is one."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.challenges.briefings.models import Briefing, Registration
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound


def briefings_of(challenge: Challenge) -> Sequence[Briefing]:
    """All that were announced, in the order of time."""
    return db.session.scalars(
        select(Briefing).where(Briefing.challenge_id == challenge.id).order_by(Briefing.starts_at, Briefing.id)
    ).all()


def get_briefing(challenge: Challenge, reference: str) -> Briefing:
    """One of them; raises NotFound."""
    found = db.session.scalar(
        select(Briefing).where(Briefing.challenge_id == challenge.id, Briefing.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def registration_of(briefing: Briefing, person: Person | None) -> Registration | None:
    """Somebody's own standing registration."""
    return next((each for each in briefing.registrations if person and each.person_id == person.id), None)
