"""Tables of challenges, split by what they tell."""

from marketplace.challenges.models.challenge import Challenge, Criterion
from marketplace.challenges.models.guest import Guest
from marketplace.challenges.models.hosting import Cohost
from marketplace.challenges.models.parts import EligibilityRule, Measure, Period, Prize
from marketplace.challenges.models.pledge import PledgeReport
from marketplace.challenges.models.review import ReviewMessage, Waiver
from marketplace.challenges.models.translation import Translation

__all__ = [
    "Challenge",
    "Cohost",
    "Criterion",
    "EligibilityRule",
    "Guest",
    "Measure",
    "Period",
    "PledgeReport",
    "Prize",
    "ReviewMessage",
    "Translation",
    "Waiver",
]
