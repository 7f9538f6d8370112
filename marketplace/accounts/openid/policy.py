"""Who links accounts with the provider: only oneself."""

from marketplace.accounts.models import Person


def can_link(actor: Person | None, person: Person) -> bool:
    """Only oneself."""
    return actor is not None and actor.id == person.id
