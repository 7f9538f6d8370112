"""Who chooses ways: only oneself."""

from marketplace.accounts.models import Person


def can_choose_channels(actor: Person | None, person: Person) -> bool:
    """Only oneself."""
    return actor is not None and actor.id == person.id
