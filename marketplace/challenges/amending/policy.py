"""Who may change a published challenge: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.models import Challenge
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role


def can_prepare_amendment(actor: Person | None, challenge: Challenge) -> bool:
    """Members of the owning agency."""
    return has_role(actor, challenge.agency, Role.MEMBER)


def can_publish_amendment(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency, who answer for what is asked in its name; where time is short, operators too."""
    return has_role(actor, challenge.agency, Role.MANAGER) or (actor is not None and actor.is_operator)


def can_see_prepared(actor: Person | None, amendment: Amendment) -> bool:
    """The agency's writers, and operators once a second person was asked for."""
    if can_prepare_amendment(actor, amendment.challenge):
        return True
    return actor is not None and actor.is_operator and amendment.asked_at is not None


def can_record_outage(actor: Person | None) -> bool:
    """Operators."""
    return actor is not None and actor.is_operator
