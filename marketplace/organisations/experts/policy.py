"""Who may write and read pages of experts: pure questions."""

from marketplace.accounts.models import Person
from marketplace.organisations.experts.models import Expert


def can_write_expert(actor: Person | None, expert: Expert) -> bool:
    """Whoever it is."""
    return actor is not None and expert.person_id == actor.id


def can_become_expert(actor: Person | None, _place: None = None) -> bool:
    """Anybody with a confirmed address."""
    return actor is not None and actor.confirmed_at is not None
