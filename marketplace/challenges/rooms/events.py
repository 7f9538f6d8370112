"""What happens in data rooms."""

from marketplace.events import Event


class RoomTextWritten(Event):
    """The undertaking has a new version, which everybody accepts anew; facts name its number and hash."""


class RoomFileAdded(Event):
    """A file was added to the challenge; facts name it."""


class RoomFileRemoved(Event):
    """A file was taken off the challenge."""


class RoomTextAccepted(Event):
    """Somebody accepted the undertaking; facts say which version, and for which organisation."""


class RoomFileOpened(Event):
    """Somebody opened a confidential file; facts say which, and for whom."""
