"""Who may do what to whose account: pure."""

from marketplace.accounts.models import Person


def can_operate_on(actor: Person | None, person: Person) -> bool:
    """Operators, on others than themselves."""
    return actor is not None and actor.is_operator and actor.id != person.id
