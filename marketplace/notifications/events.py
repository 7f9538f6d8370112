"""What happens to letters."""

from marketplace.events import Event


class LetterRetried(Event):
    """The operator let the worker try again; the subject is the letter."""
