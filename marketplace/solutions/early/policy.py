"""Who may have sealed entries opened before closing: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.organisations.policy import has_role, role_of
from marketplace.organisations.stages import Role
from marketplace.solutions.early.models import EarlyOpening


def can_propose_early_opening(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency."""
    return has_role(actor, challenge.agency, Role.MANAGER)


def can_confirm_early_opening(actor: Person | None, opening: EarlyOpening) -> bool:
    """Operators who have no part in the agency: two houses, never one person twice."""
    if actor is None or actor.id == opening.proposed_by_id or not actor.is_operator:
        return False
    return role_of(actor, opening.challenge.agency) is None


def can_end_early_opening(actor: Person | None, opening: EarlyOpening) -> bool:
    """Whoever could propose it takes it back, whoever could confirm it refuses."""
    return can_propose_early_opening(actor, opening.challenge) or can_confirm_early_opening(actor, opening)
