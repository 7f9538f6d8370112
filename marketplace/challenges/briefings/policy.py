"""Who holds briefings and who registers: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.briefings.models import Briefing
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_edit_challenge


def can_hold_briefing(actor: Person | None, challenge: Challenge) -> bool:
    """Whoever writes the challenge."""
    return can_edit_challenge(actor, challenge)


def can_register(actor: Person | None, briefing: Briefing) -> bool:
    """Anybody signed in who sees the published challenge, but those who hold the briefing."""
    challenge = briefing.challenge
    return actor is not None and challenge.is_public and not can_hold_briefing(actor, challenge)
