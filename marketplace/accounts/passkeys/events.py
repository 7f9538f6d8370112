"""What happens to somebody's passkeys; the subject is the person."""

from marketplace.events import Event


class PasskeyAdded(Event):
    """A device may sign its owner in from now on; facts["name"]."""


class PasskeyRenamed(Event):
    """A passkey is called otherwise; facts["before"], facts["name"]."""


class PasskeyRemoved(Event):
    """A device signs nobody in any more; facts["name"]."""
