"""Questions about the named authors of solutions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.solutions.models import Author, Solution


def asked_author(key: str, person: Person | None) -> Author | None:
    """The author whom this key from a letter is for; signed in with their address, the reference will do."""
    is_meant = Author.key_hash == hashed(key)
    if person is not None and person.confirmed_at is not None:
        is_meant = or_(is_meant, (Author.reference == key) & (Author.email == person.email))
    return db.session.scalar(select(Author).where(is_meant, Author.ended_at.is_(None)))


def author_of(solution: Solution, reference: str) -> Author:
    """An author named now in this solution; raises NotFound."""
    found = next((each for each in solution.authors if each.reference == reference and each.ended_at is None), None)
    if found is None:
        raise NotFound(reference)
    return found


def authorships_asked(person: Person, *, at: datetime) -> Sequence[Author]:
    """Where somebody is named as an author and has not answered, while they may."""
    if person.confirmed_at is None:
        return []
    return db.session.scalars(
        select(Author)
        .join(Author.solution)
        .join(Solution.challenge)
        .where(Author.email == person.email, Author.ended_at.is_(None))
        .where(Author.certified_at.is_(None), Author.objected_at.is_(None))
        .where(Challenge.closes_at > at, Challenge.stage == ChallengeStage.PUBLISHED)
        .options(contains_eager(Author.solution).contains_eager(Solution.challenge))
        .order_by(Challenge.closes_at, Author.id)
    ).all()
