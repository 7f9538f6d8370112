"""What happens to the lines between tiers of prizes."""

from marketplace.events import Event


class PrizePlanKept(Event):
    """The panel's lines were kept; the subject is the plan."""
