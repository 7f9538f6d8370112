"""What happens in rounds of comparisons."""

from marketplace.events import Event


class PairCompared(Event):
    """A judge said of two entries which is better; the subject is the comparison. The journal holds no outcome."""


class ListOrdered(Event):
    """A judge put all entries of their list in order; the subject is the seat. The journal holds no order."""


class ComparingFinished(Event):
    """A judge is done with their list; the subject is the seat."""
