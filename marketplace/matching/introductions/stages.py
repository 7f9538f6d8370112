"""The life of an introduction, why one is declined, and what the two report of it."""

import enum


class Stage(enum.StrEnum):
    """What the two organisations decided."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


MOVES: dict[str, tuple[set[Stage], Stage]] = {
    # move:      (from these stages,   to this one)
    "accept":    ({Stage.ASKED},       Stage.ACCEPTED),
    "decline":   ({Stage.ASKED},       Stage.DECLINED),
    "expire":    ({Stage.ASKED},       Stage.EXPIRED),
    "withdraw":  ({Stage.ASKED},       Stage.WITHDRAWN),
    "end":       ({Stage.ACCEPTED},    Stage.ENDED),
}  # fmt: skip

# Stages in which the two organisations are busy with each other; there is one such introduction of a pair at a time.
STANDING = frozenset({Stage.ASKED, Stage.ACCEPTED})
# Stages in which the other side once said yes.
AGREED = frozenset({Stage.ACCEPTED, Stage.ENDED})


class Reason(enum.StrEnum):
    """Why an organisation declines."""

    NO_CAPACITY = "no_capacity"
    OTHER_FIELD = "other_field"
    HAS_PARTNER = "has_partner"
    ANSWERS_ALONE = "answers_alone"
    CONFLICT = "conflict"
    UNCLEAR = "unclear"
    OTHER = "other"


class Milestone(enum.StrEnum):
    """What one side reports and the other confirms."""

    MET = "met"
    CONTRACT = "contract"
