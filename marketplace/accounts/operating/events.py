"""What operators do to accounts; the subject is the person."""

from marketplace.events import Event


class PersonSuspended(Event):
    """Nobody gets in with this account any more; facts["reason"]."""


class PersonRestored(Event):
    """The account works again."""


class SecondFactorLifted(Event):
    """The operator made sure who it is and took the second step off; facts["how"]."""
