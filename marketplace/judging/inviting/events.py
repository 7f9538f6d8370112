"""What happens where judges are invited in bulk."""

from marketplace.events import Event


class JudgeExpected(Event):
    """Somebody without an account was asked to make one, to judge; the subject is the expected judge."""
