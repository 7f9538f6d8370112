"""Questions about clarifications; whoever sees the solution may read them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.solutions.clarifying.models import Clarification
from marketplace.solutions.models import Solution
from marketplace.solutions.queries import solutions_of


def clarifications_of(solution: Solution) -> Sequence[Clarification]:
    """All that were asked, in order."""
    return db.session.scalars(
        select(Clarification)
        .where(Clarification.solution_id == solution.id)
        .options(joinedload(Clarification.version))
        .order_by(Clarification.id)
    ).all()


def get_clarification(solution: Solution, reference: str) -> Clarification:
    """One of this solution; raises NotFound."""
    found = db.session.scalar(
        select(Clarification).where(Clarification.solution_id == solution.id, Clarification.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def to_answer(person: Person, *, at: datetime) -> Sequence[Clarification]:
    """What waits for an answer of this person's side, the next due first."""
    own = [solution.id for solution in solutions_of(person, at=at)]
    if not own:
        return []
    return db.session.scalars(
        select(Clarification)
        .join(Clarification.solution)
        .where(Clarification.solution_id.in_(own), Clarification.answered_at.is_(None), Clarification.due_at > at)
        .options(contains_eager(Clarification.solution).joinedload(Solution.challenge))
        .order_by(Clarification.due_at, Clarification.id)
    ).all()
