"""What happens to briefings; who registers is sealed until the challenge closes."""

from marketplace.events import Event


class BriefingAdded(Event):
    """A briefing was announced."""


class BriefingChanged(Event):
    """Its time, place or seats were changed."""


class BriefingCancelled(Event):
    """It does not take place; facts["because"] says why."""


class BriefingJoined(Event):
    """Somebody registered; unsaid["registration"] is it."""


class BriefingLeft(Event):
    """Somebody registered no more; unsaid["moved_up"] are those who have a seat now."""


class BriefingNear(Event):
    """It begins within a day."""
