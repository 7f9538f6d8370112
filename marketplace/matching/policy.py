"""Who may see what was matched: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge


def can_judge_suggestions(actor: Person | None, challenge: Challenge) -> bool:
    """Whoever sees them may say what they are worth."""
    return can_see_suggestions(actor, challenge)


def can_see_suggestions(actor: Person | None, challenge: Challenge) -> bool:
    """Everyone who signed in, once the challenge is public."""
    return actor is not None and challenge.is_public
