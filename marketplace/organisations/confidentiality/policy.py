"""Who may give an organisation's word: a pure question."""

from marketplace.accounts.models import Person
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role


def can_undertake(actor: Person | None, organisation: Organisation) -> bool:
    """Members of the organisation; a viewer binds nobody."""
    return has_role(actor, organisation, Role.MEMBER)
