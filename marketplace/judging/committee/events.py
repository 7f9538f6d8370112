"""What happens in the committee."""

from marketplace.events import Event


class EntryRemarked(Event):
    """Somebody said something of an entry to the panel; the subject is the panel. The journal holds no text."""


class MotionPut(Event):
    """The panel is asked to vote; the subject is the motion."""


class MotionClosed(Event):
    """The vote is over; the subject is the motion, facts count the votes."""
