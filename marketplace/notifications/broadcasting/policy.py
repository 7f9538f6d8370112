"""Who writes to many."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge


def can_broadcast(actor: Person | None, challenge: Challenge) -> bool:
    """Who runs the challenge, once everybody knows of it."""
    return challenge.is_public and can_run_challenge(actor, challenge)
