"""What happens to the ways on which messages reach somebody; the subject is the person."""

from marketplace.events import Event


class PhoneConfirmed(Event):
    """Somebody confirmed a number for messages."""


class PhoneRemoved(Event):
    """No messages go to that number any more."""


class ChannelsChosen(Event):
    """Somebody chose which news come as messages; facts["chosen"]."""
