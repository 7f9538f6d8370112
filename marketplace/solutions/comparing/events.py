"""What happens when entries are compared."""

from marketplace.events import Event


class EntriesCompared(Event):
    """The worker compared what a challenge received; the subject is the challenge."""
