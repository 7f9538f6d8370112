"""The life of proposed weights."""

import enum


class Stage(enum.StrEnum):
    """What the operator decided."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    RETURNED = "returned"


MOVES: dict[str, tuple[set[Stage], Stage]] = {
    # move:    (from these stages,   to this one)
    "adopt":   ({Stage.PROPOSED},    Stage.ADOPTED),
    "return":  ({Stage.ADOPTED},     Stage.RETURNED),
}  # fmt: skip
