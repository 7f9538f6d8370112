"""What happens when an operator looks as somebody else; the subject is the person looked as."""

from marketplace.events import Event


class ViewingBegun(Event):
    """An operator sees what this person sees; facts["reason"], facts["until"]."""


class ViewingEnded(Event):
    """The operator ended it before its time."""
