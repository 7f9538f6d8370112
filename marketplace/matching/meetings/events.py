"""What happens to meetings."""

from marketplace.events import Event


class MeetingProposed(Event):
    """One side proposed times."""


class MeetingChanged(Event):
    """One side proposed other times; nothing is agreed until the other one chooses."""


class MeetingAgreed(Event):
    """The other side chose one of the times."""


class MeetingCancelled(Event):
    """One side called it off."""


class MeetingOver(Event):
    """The agreed time has passed; both sides are asked whether they met."""


class MeetingAnswered(Event):
    """One side said whether the two met."""
