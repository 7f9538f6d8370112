"""Tables of challenges, split by what they tell."""

from marketplace.challenges.models.challenge import Challenge, Criterion

__all__ = ["Challenge", "Criterion"]
