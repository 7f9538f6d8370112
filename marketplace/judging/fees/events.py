"""What happens to judges' fees."""

from marketplace.events import Event


class FeeRateSet(Event):
    """What a score sheet earns was set; the subject is the rate."""


class FeePaid(Event):
    """It was noted that a judge was paid; the subject is the payment."""
