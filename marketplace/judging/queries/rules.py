"""The rules of a challenge as they stand."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.judging.models import JudgingRules, Panel, RulesAmendment, Seat, Sheet
from marketplace.judging.rules import DEFAULTS


def rules_of(challenge: Challenge) -> JudgingRules:
    """The rules that were written, else the defaults, which are then in no session."""
    found = db.session.scalar(
        select(JudgingRules)
        .where(JudgingRules.challenge_id == challenge.id)
        .options(selectinload(JudgingRules.amendments).joinedload(RulesAmendment.amended_by))
    )
    return found or JudgingRules(**DEFAULTS)


def has_final_sheets(challenge: Challenge) -> bool:
    """Whether anybody finished a score sheet, so that a change of rules would change results."""
    found = (
        select(Sheet.id)
        .join(Sheet.seat)
        .join(Seat.panel)
        .where(Panel.challenge_id == challenge.id, Sheet.finalised_at.is_not(None))
    )
    return db.session.scalar(found.limit(1)) is not None
