"""Tables of challenges, split by what they tell."""

from marketplace.challenges.models.challenge import Challenge, Criterion
from marketplace.challenges.models.parts import EligibilityRule, Prize

__all__ = ["Challenge", "Criterion", "EligibilityRule", "Prize"]
