"""What people agreed to; the subject is the person, facts["purposes"] name what for."""

from marketplace.events import Event


class ConsentGiven(Event):
    """Somebody agreed."""


class ConsentWithdrawn(Event):
    """Somebody took it back."""
