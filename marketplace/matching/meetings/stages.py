"""The life of a meeting."""

import enum


class Stage(enum.StrEnum):
    """What the two sides decided, and whether they met."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"


MOVES: dict[str, tuple[set[Stage], Stage]] = {
    # move:      (from these stages,                 to this one)
    "change":    ({Stage.PROPOSED, Stage.AGREED},    Stage.PROPOSED),
    "agree":     ({Stage.PROPOSED},                  Stage.AGREED),
    "cancel":    ({Stage.PROPOSED, Stage.AGREED},    Stage.CANCELLED),
    "hold":      ({Stage.AGREED},                    Stage.HELD),
    "miss":      ({Stage.AGREED},                    Stage.MISSED),
}  # fmt: skip

# Of these an introduction has one at a time.
STANDING = frozenset({Stage.PROPOSED, Stage.AGREED})
