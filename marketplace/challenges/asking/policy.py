"""Who may ask, answer, take away and follow: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role


def can_ask_question(actor: Person | None, challenge: Challenge) -> bool:
    """Anybody signed in, but for the agency's own people."""
    return actor is not None and challenge.is_public and not has_role(actor, challenge.agency, Role.VIEWER)


def can_answer_question(actor: Person | None, challenge: Challenge) -> bool:
    """Members of the owning agency."""
    return has_role(actor, challenge.agency, Role.MEMBER)


def can_remove_question(actor: Person | None, _challenge: Challenge) -> bool:
    """Operators, with reasons."""
    return actor is not None and actor.is_operator


def can_follow_challenge(actor: Person | None, challenge: Challenge) -> bool:
    """Anybody signed in."""
    return actor is not None and challenge.is_public


def can_set_open_terms(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency."""
    return has_role(actor, challenge.agency, Role.MANAGER)
