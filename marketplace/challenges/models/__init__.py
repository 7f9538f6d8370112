"""Tables of challenges, split by what they tell."""

from marketplace.challenges.models.challenge import Challenge, Criterion
from marketplace.challenges.models.parts import EligibilityRule, Measure, Prize
from marketplace.challenges.models.pledge import PledgeReport
from marketplace.challenges.models.review import ReviewMessage, Waiver

__all__ = ["Challenge", "Criterion", "EligibilityRule", "Measure", "PledgeReport", "Prize", "ReviewMessage", "Waiver"]
