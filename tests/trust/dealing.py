"""How far the sweeps over the whole site go: a part that stays the same, or everything with DEEP=1 (`make test-deep`).

What is left out is left out evenly: of the fields a form has and the addresses a rule has some are tried each time,
so that a fault of a kind shows, and the deep sweep shows every one of it.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
DEEP = bool(os.environ.get("DEEP"))


def share(one_of: int) -> int:
    """The step of a sweep that takes one of so many; 1 where everything is tried."""
    return 1 if DEEP else one_of


def most(number: int) -> int:
    """How many of a kind are tried; more than there are where everything is."""
    return 1_000_000 if DEEP else number


def dealt(things: Sequence[Thing], one_of: int, *, place: int = 0) -> Sequence[Thing]:
    """One of so many of the things, each `place` getting others."""
    step = share(one_of)
    return things[place % step :: step]
