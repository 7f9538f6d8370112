"""Who may do what about public texts: pure."""

from collections.abc import Collection

from marketplace.accounts.models import Person


def can_moderate(actor: Person | None) -> bool:
    """Operators."""
    return actor is not None and actor.is_operator


def can_object(actor: Person | None, author_ids: Collection[int]) -> bool:
    """Whoever wrote it, or speaks for whom it is about."""
    return actor is not None and actor.id in author_ids
