"""Questions about later closings; who used one is told only once everything is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.queries import agencies_of
from marketplace.organisations.stages import Role
from marketplace.solutions.late.models import LatePass
from marketplace.solutions.late.policy import can_approve_pass
from marketplace.solutions.models import Solution
from marketplace.solutions.stages import RECEIVED


@dataclass(frozen=True)
class Figures:
    """What the public reads about later closings once everything is open."""

    given: int
    used: int
    received: int
    last: datetime


def passes_of(challenge: Challenge) -> Sequence[LatePass]:
    """All that were proposed or given, in order; for the agency."""
    return db.session.scalars(
        select(LatePass)
        .where(LatePass.challenge_id == challenge.id)
        .options(joinedload(LatePass.proposed_by), joinedload(LatePass.approved_by))
        .order_by(LatePass.id)
    ).all()


def get_pass(challenge: Challenge, reference: str) -> LatePass:
    """One of this challenge; raises NotFound."""
    found = db.session.scalar(
        select(LatePass).where(LatePass.challenge_id == challenge.id, LatePass.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def pass_with_code(challenge: Challenge, code: str) -> LatePass | None:
    """The given one with this code."""
    return db.session.scalar(
        select(LatePass).where(
            LatePass.challenge_id == challenge.id, LatePass.code == code, LatePass.approved_at.is_not(None)
        )
    )


def use_count(late_pass: LatePass) -> int:
    """How many entries use it; for the deed that holds its row, never for a page before opening."""
    return db.session.scalar(select(func.count()).where(Solution.late_pass_id == late_pass.id)) or 0


def to_approve(person: Person) -> Sequence[LatePass]:
    """Proposed ones that wait for this person."""
    if not person.is_operator and not agencies_of(person, Role.MANAGER):
        return []
    found = db.session.scalars(
        select(LatePass)
        .where(LatePass.approved_at.is_(None))
        .options(joinedload(LatePass.challenge).joinedload(Challenge.agency))
        .order_by(LatePass.id)
    )
    return [each for each in found if can_approve_pass(person, each)]


def figures(challenge: Challenge, *, at: datetime) -> Figures | None:
    """What everybody may know afterwards; None where nothing was given, or while it is sealed."""
    if not challenge.is_closed(at):
        return None
    given = [each for each in passes_of(challenge) if each.approved_at is not None]
    if not given:
        return None
    users = select(func.count()).where(Solution.late_pass_id.in_([each.id for each in given]))
    used = db.session.scalar(users) or 0
    received = db.session.scalar(users.where(Solution.stage.in_(RECEIVED))) or 0
    return Figures(len(given), used, received, max(each.until for each in given))
