"""Who gives a single entrant a later closing, and who takes it: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role
from marketplace.solutions.late.models import LatePass


def can_propose_pass(actor: Person | None, challenge: Challenge) -> bool:
    """Members of the owning agency."""
    return has_role(actor, challenge.agency, Role.MEMBER)


def can_approve_pass(actor: Person | None, late_pass: LatePass) -> bool:
    """Managers of the owning agency and operators, but never who proposed it."""
    if actor is None or actor.id == late_pass.proposed_by_id:
        return False
    return actor.is_operator or has_role(actor, late_pass.challenge.agency, Role.MANAGER)
