"""The life of a claim."""

import enum
from typing import Any


class Stage(enum.StrEnum):
    """Where a claim to speak for a body stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


MOVES: dict[str, tuple[set[Any], Any]] = {
    "accept": ({Stage.OPEN}, Stage.ACCEPTED),
    "refuse": ({Stage.OPEN}, Stage.REFUSED),
    "withdraw": ({Stage.OPEN}, Stage.WITHDRAWN),
}
