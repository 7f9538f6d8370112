"""The life of an import, what a table holds, and what becomes of a row."""

import enum
from typing import Any


class What(enum.StrEnum):
    """What the rows of a table are."""

    ORGANISATIONS = "organisations"
    EXPERTS = "experts"


class Stage(enum.StrEnum):
    """How far an import is; the worker does what ends in -ing."""

    CHECKING = "checking"
    CHECKED = "checked"
    UNREADABLE = "unreadable"
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDOING = "undoing"
    UNDONE = "undone"


MOVES: dict[str, tuple[set[Any], Any]] = {
    "finish_check":  ({Stage.CHECKING},  Stage.CHECKED),
    "give_up":       ({Stage.CHECKING},  Stage.UNREADABLE),
    "start":         ({Stage.CHECKED},   Stage.IMPORTING),
    "finish":        ({Stage.IMPORTING}, Stage.IMPORTED),
    "undo":          ({Stage.IMPORTED},  Stage.UNDOING),
    "finish_undo":   ({Stage.UNDOING},   Stage.UNDONE),
}  # fmt: skip
AT_WORK = frozenset({Stage.CHECKING, Stage.IMPORTING, Stage.UNDOING})


class Outcome(enum.StrEnum):
    """What becomes of a row: NEW and LINE are acted upon; then it is ADDED, and later TAKEN_BACK or KEPT."""

    NEW = "new"
    LINE = "line"
    REFUSED = "refused"
    ADDED = "added"
    TAKEN_BACK = "taken_back"
    KEPT = "kept"


ACTED_UPON = (Outcome.NEW, Outcome.LINE)
