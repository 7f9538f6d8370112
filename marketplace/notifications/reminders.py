"""Reminders before closing, to entrants whose answer does not count yet: sealed, so that nobody else hears of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.jobs import enqueue, job, periodic
from marketplace.notifications.services import write_letter
from marketplace.solutions.completeness import missing
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import EDITABLE, closes_for, next_step
from marketplace.solutions.queries import at_the_counter
from marketplace.solutions.queries.consortium import people_of
from marketplace.solutions.stages import Stage

# How long before its closing an entrant is reminded: three days, and the last one.
BEFORE = (timedelta(days=1), timedelta(days=3))
_NOT_COUNTED = frozenset({"complete", "send", "send_again", "confirm"})


@periodic("remind_entrants", timedelta(minutes=10))
def remind_entrants() -> None:
    """Leave a reminder for every answer that closes soon and does not count as it stands; each is left once."""
    at = clock.database_now()
    for solution, until in _closing_soon(at):
        if next_step(solution, at) in _NOT_COUNTED:
            days = next(before.days for before in BEFORE if until - at <= before)
            key = f"{solution.reference}:{until.isoformat()}:{days}"
            enqueue("remind_entrant", key=key, solution_id=solution.id)


def _closing_soon(at: datetime) -> Iterator[tuple[Solution, datetime]]:
    """Answers that may still be changed, with their closing; a deadline that was moved is a new one."""
    found = db.session.scalars(
        select(Solution)
        .join(Solution.challenge)
        .where(Challenge.stage == ChallengeStage.PUBLISHED, Solution.stage.in_(EDITABLE - {Stage.WITHDRAWN}))
        .where(Challenge.closes_at <= at + max(BEFORE), Challenge.sealed_until > at)
        .where(Solution.id.not_in(at_the_counter()))  # what a clerk types in is nobody else's to finish
        .options(joinedload(Solution.challenge))
        .order_by(Solution.id)
    )
    for solution in found:
        until = closes_for(solution)
        if until is not None and at < until <= at + max(BEFORE):
            yield solution, until


@job("remind_entrant")
def remind_entrant(solution_id: int) -> None:
    """To everybody of the entrant, unless it counts meanwhile or is closed."""
    solution = db.session.get(Solution, solution_id)
    if solution is None or (step := next_step(solution, clock.database_now())) not in _NOT_COUNTED:
        return
    context: dict[str, Any] = {
        "solution": solution,
        "step": step,
        "gaps": missing(solution),
        "closes_at": closes_for(solution),
    }
    for person in people_of(solution):
        write_letter("closing_soon", to=person, sealed_until=solution.challenge.sealed_until, **context)
