"""Who decides about weights: pure questions."""

from marketplace.accounts.models import Person
from marketplace.matching.learning.models import LearntWeights


def can_see_proposals(actor: Person | None) -> bool:
    """Operators and auditors; once adopted everybody sees them."""
    return actor is not None and (actor.is_operator or actor.is_auditor)


def can_adopt_weights(actor: Person | None, _learnt: LearntWeights) -> bool:
    """Operators, and nobody else changes what lists are made with."""
    return actor is not None and actor.is_operator


def can_return_weights(actor: Person | None, learnt: LearntWeights) -> bool:
    """The same."""
    return can_adopt_weights(actor, learnt)
