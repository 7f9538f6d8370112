"""What happens to letters to many; the subject is the letter."""

from marketplace.events import Event


class BroadcastWritten(Event):
    """A letter to many was written, and nobody got it yet."""


class BroadcastSent(Event):
    """It goes out; facts["audience"]. To how many stays unsaid."""
