"""Questions about openings before closing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.solutions.early.models import EarlyOpening
from marketplace.solutions.early.policy import can_confirm_early_opening


def standing_opening(challenge: Challenge) -> EarlyOpening | None:
    """The one that waits for a second person, or was confirmed."""
    return db.session.scalar(
        select(EarlyOpening).where(EarlyOpening.challenge_id == challenge.id, EarlyOpening.ended_at.is_(None))
    )


def confirmed_opening(challenge: Challenge) -> EarlyOpening | None:
    """The one by which it was opened; public."""
    found = standing_opening(challenge) if challenge.opened_early_at is not None else None
    return found if found is not None and found.confirmed_at is not None else None


def to_confirm(person: Person, *, at: datetime) -> Sequence[EarlyOpening]:
    """Those that wait for this person's word, while there is still something to open."""
    if not person.is_operator:
        return []
    found = db.session.scalars(
        select(EarlyOpening)
        .where(EarlyOpening.confirmed_at.is_(None), EarlyOpening.ended_at.is_(None))
        .options(joinedload(EarlyOpening.challenge).joinedload(Challenge.agency))
        .order_by(EarlyOpening.id)
    )
    return [each for each in found if not each.challenge.is_closed(at) and can_confirm_early_opening(person, each)]
