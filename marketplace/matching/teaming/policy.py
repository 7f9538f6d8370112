"""Who may ask for teams: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_edit_challenge
from marketplace.matching.policy import can_see_suggestions


def can_build_team(actor: Person | None, challenge: Challenge) -> bool:
    """Who may see its suggestions; before publication those who write it, to learn what the market offers."""
    return can_see_suggestions(actor, challenge) or can_edit_challenge(actor, challenge)
