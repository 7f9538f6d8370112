"""Who may look as whom: pure."""

from marketplace.accounts.models import Person


def can_see_as(actor: Person | None, person: Person) -> bool:
    """Operators, as people who hold no role on the platform themselves."""
    return (
        actor is not None
        and actor.is_operator
        and actor.id != person.id
        and person.active
        and not person.platform_roles
    )
