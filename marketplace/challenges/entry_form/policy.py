"""When the entry form may be changed, and who opens the second envelope: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import WITH_RESULTS, Stage
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role

# The second envelope is opened when scores stand.
ENVELOPE_OPENS = frozenset({Stage.DELIBERATION, Stage.DECIDED}) | WITH_RESULTS


def questions_locked(challenge: Challenge) -> bool:
    """Whether its questions stand as they are: from the moment it is sent for review."""
    return challenge.stage != Stage.DRAFT


def can_open_envelope(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency."""
    return has_role(actor, challenge.agency, Role.MANAGER)
