"""Who may do what with passkeys: only oneself."""

from marketplace.accounts.models import Person


def can_change_passkeys(actor: Person | None, person: Person) -> bool:
    """Only oneself."""
    return actor is not None and actor.id == person.id
