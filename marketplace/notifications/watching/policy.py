"""Who may keep and take away: pure questions."""

from marketplace.accounts.models import Person
from marketplace.notifications.watching.models import SavedItem, SavedSearch
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role


def can_keep(actor: Person | None, organisation: Organisation | None) -> bool:
    """Anybody signed in for themselves; members for their organisation."""
    return actor is not None and (organisation is None or has_role(actor, organisation, Role.MEMBER))


def can_take_away(actor: Person | None, kept: SavedSearch | SavedItem) -> bool:
    """Whoever it belongs to, or any member of the organisation."""
    if kept.organisation is not None:
        return has_role(actor, kept.organisation, Role.MEMBER)
    return actor is not None and kept.person_id == actor.id
