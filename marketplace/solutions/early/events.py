"""What happens on the way to an opening before closing."""

from marketplace.events import Event


class EarlyOpeningProposed(Event):
    """A manager of the agency asks for it; facts["reason"] says why."""


class EarlyOpeningConfirmed(Event):
    """An operator confirmed it: the time for solutions is over and what was received may be opened."""


class EarlyOpeningEnded(Event):
    """It was taken back or refused; everything stays sealed."""
