"""Questions about appeals; nobody but the entrant and those who answer knows who appealed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.appealing.models import Appeal
from marketplace.judging.appealing.policy import can_answer_appeals
from marketplace.judging.models import Decision, JudgingRules, Result
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import standing_decision
from marketplace.judging.queries.rules import rules_of
from marketplace.organisations.queries import agencies_of
from marketplace.organisations.stages import Role
from marketplace.solutions.clarifying.services import due_after
from marketplace.solutions.models import Solution
from marketplace.solutions.stages import Stage

# Whoever was judged, or kept from being judged, may appeal.
ANSWERED = frozenset({Stage.AWARDED, Stage.NOT_SELECTED, Stage.INELIGIBLE})


def decision_to_appeal(solution: Solution) -> Decision:
    """The published decision that this entrant may appeal against by the rules, in time or not; raises NotFound."""
    decision = standing_decision(solution.challenge)
    if decision is None or decision.published_at is None or solution.stage not in ANSWERED:
        raise NotFound(solution.reference)
    if not rules_of(solution.challenge).appeal_days:
        raise NotFound(solution.reference)
    return decision


def appeals_until(decision: Decision, rules: JudgingRules) -> datetime | None:
    """Until when appeals are taken: 17:00 in Hanoi of the last day; None where the rules know none."""
    if decision.published_at is None or not rules.appeal_days:
        return None
    return due_after(decision.published_at, rules.appeal_days)


def own_appeals(solution: Solution) -> Sequence[Appeal]:
    """What this entrant said, in order."""
    return db.session.scalars(_appeals().where(Appeal.solution_id == solution.id)).all()


def appeals_on(challenge: Challenge) -> Sequence[Appeal]:
    """Every appeal against results of this challenge, in order."""
    return db.session.scalars(_appeals().where(Decision.challenge_id == challenge.id)).all()


def _appeals() -> Select[Appeal]:
    return (
        select(Appeal)
        .join(Appeal.decision)
        .options(
            contains_eager(Appeal.decision).joinedload(Decision.challenge),
            joinedload(Appeal.solution).joinedload(Solution.organisation),
            joinedload(Appeal.decided_by),
        )
        .order_by(Appeal.id)
    )


def appeals_for(challenge: Challenge, person: Person | None) -> list[Appeal]:
    """The appeals that this person may answer; raises NotFound for everybody who may answer none."""
    panel, found = panel_of(challenge), appeals_on(challenge)
    free = [each for each in found if can_answer_appeals(person, each.decision, panel)]
    if not free:
        raise NotFound(challenge.slug)
    return free


def get_appeal(challenge: Challenge, person: Person | None, *, reference: str) -> Appeal:
    """One that this person may answer; raises NotFound."""
    for each in appeals_for(challenge, person):
        if each.reference == reference:
            return each
    raise NotFound(reference)


def appeals_waiting_for(person: Person) -> list[Appeal]:
    """What waits for an answer of this person, the oldest first."""
    agencies = [agency.id for agency in agencies_of(person, Role.MANAGER)]
    if not agencies and not person.is_operator:
        return []
    found = db.session.scalars(
        _appeals()
        .join(Decision.challenge)
        .where(Appeal.verdict.is_(None), or_(Challenge.agency_id.in_(agencies), literal(person.is_operator)))
        .options(contains_eager(Appeal.decision).selectinload(Decision.results).joinedload(Result.solution))
    ).all()
    return [each for each in found if can_answer_appeals(person, each.decision, panel_of(each.decision.challenge))]
