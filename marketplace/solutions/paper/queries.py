"""Questions about entries that came on paper."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.queries import acting_for, agencies_of
from marketplace.organisations.stages import Role
from marketplace.solutions.models import PaperEntry, Solution


def visible_to(person: Person, *, at: datetime) -> Select[PaperEntry]:
    """What a person typed in; after opening, what anybody of their agencies sealed."""
    opened = (Challenge.sealed_until <= at) & PaperEntry.sealed_at.is_not(None)
    opened &= Challenge.agency_id.in_(acting_for(person, Role.MEMBER))
    return (
        select(PaperEntry)
        .join(PaperEntry.solution)
        .join(Solution.challenge)
        .where(or_(PaperEntry.clerk_id == person.id, opened))
        .options(
            contains_eager(PaperEntry.solution).options(
                contains_eager(Solution.challenge), joinedload(Solution.organisation)
            ),
            joinedload(PaperEntry.clerk),
            joinedload(PaperEntry.confirmed_by),
        )
        .order_by(PaperEntry.id)
    )


def get_paper(reference: str, person: Person, *, at: datetime) -> PaperEntry:
    """One by its own reference; raises NotFound where it does not exist for this person at this moment."""
    found = db.session.scalar(visible_to(person, at=at).where(PaperEntry.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def papers_of(challenge: Challenge, person: Person, *, at: datetime) -> Sequence[PaperEntry]:
    """Those of a challenge that this person may know of: before opening only what they still type in."""
    found = visible_to(person, at=at).where(Solution.challenge_id == challenge.id)
    if not challenge.is_closed(at):
        found = found.where(PaperEntry.sealed_at.is_(None))
    return db.session.scalars(found).all()


def to_confirm(person: Person, *, at: datetime) -> Sequence[PaperEntry]:
    """Those typed in after closing that wait for a second person, where this person could be it."""
    if not agencies_of(person):
        return []
    waiting = PaperEntry.sealed_at.is_not(None) & PaperEntry.version_id.is_(None)
    return db.session.scalars(visible_to(person, at=at).where(waiting, PaperEntry.clerk_id != person.id)).all()


def unsealed() -> Sequence[PaperEntry]:
    """Everything that some clerk began and has not sealed: for the worker only."""
    return db.session.scalars(select(PaperEntry).where(PaperEntry.sealed_at.is_(None)).order_by(PaperEntry.id)).all()


def paper_with_reference(reference: str) -> PaperEntry | None:
    """A received one by its own reference, for whoever has its code too."""
    return db.session.scalar(
        select(PaperEntry).where(PaperEntry.reference == reference, PaperEntry.version_id.is_not(None))
    )
