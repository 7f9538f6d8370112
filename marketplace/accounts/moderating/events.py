"""What happens to reported texts; the subject is the text. Readers who report, and authors who object, stay unnamed."""

from marketplace.events import Event


class TextReported(Event):
    """A reader says that something is wrong with it; facts["reason"]."""


class TextHidden(Event):
    """The operator took it from sight; facts["reason"]."""


class TextLeft(Event):
    """The operator found that it may stay."""


class TextRestored(Event):
    """It is seen again."""


class TextObjected(Event):
    """An author says why it should be seen again."""


class ObjectionRefused(Event):
    """It stays hidden; facts["answer"]."""
