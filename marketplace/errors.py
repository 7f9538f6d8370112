"""What a deed may answer instead of happening; each knows the HTTP status that says it."""

from collections.abc import Sequence
from datetime import timedelta


class Unhappened(Exception):
    """Base of everything a deed raises on purpose: nothing was changed."""

    status = 400


class Refused(Unhappened):
    """This person may not do that to this thing."""

    status = 403


class NotFound(Unhappened):
    """For this person the thing does not exist."""

    status = 404


class WrongStage(Unhappened):
    """The thing is not in a stage (or not at a time) from which this move is possible."""

    status = 409


class Conflict(Unhappened):
    """Somebody else was first."""

    status = 409


class NotReady(Unhappened):
    """The deed needs something that is still missing; `gaps` names each in the reader's language."""

    status = 422

    def __init__(self, gaps: Sequence[object]):
        super().__init__("; ".join(str(gap) for gap in gaps))
        self.gaps = list(gaps)


class TooLarge(Unhappened):
    """An upload is larger than the place it goes to allows."""

    status = 413


class WrongKind(Unhappened):
    """An upload is of a kind that is not taken, or not of the kind that its name says."""

    status = 415


class TooManyTries(Unhappened):
    """Somebody tried too often; `wait` is how long until the next try."""

    status = 429

    def __init__(self, wait: timedelta):
        super().__init__(f"too many tries, next in {wait}")
        self.wait = wait
