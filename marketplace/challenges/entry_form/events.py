"""What happens to entry forms."""

from marketplace.events import Event


class EntryFormChanged(Event):
    """Questions of a draft were changed; the subject is the challenge, facts tell what was done."""


class EnvelopeOpened(Event):
    """The answers sealed beyond closing may be read; the subject is the challenge."""
