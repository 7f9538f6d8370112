"""Who chooses whose letters: only oneself, or whoever holds the link of a letter."""

from marketplace.accounts.models import Person


def can_choose_letters(actor: Person | None, person: Person) -> bool:
    """Only oneself."""
    return actor is not None and actor.id == person.id
