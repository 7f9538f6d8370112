"""The life of a solution in one table (docs/stages.md is drawn from it), and what people may do with a draft."""

import enum


class Stage(enum.StrEnum):
    """What people decided about an entry."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ADMITTED = "admitted"
    INELIGIBLE = "ineligible"
    AWARDED = "awarded"
    NOT_SELECTED = "not_selected"


MOVES: dict[str, tuple[set[Stage], Stage]] = {
    # move:      (from these stages,                                      to this one)
    "submit":    ({Stage.DRAFT, Stage.SUBMITTED, Stage.WITHDRAWN},        Stage.SUBMITTED),
    "withdraw":  ({Stage.SUBMITTED},                                      Stage.WITHDRAWN),
    "admit":     ({Stage.SUBMITTED, Stage.INELIGIBLE},                    Stage.ADMITTED),
    "exclude":   ({Stage.SUBMITTED, Stage.ADMITTED},                      Stage.INELIGIBLE),
    "award":     ({Stage.ADMITTED},                                       Stage.AWARDED),
    "pass_over": ({Stage.ADMITTED},                                       Stage.NOT_SELECTED),
    "reopen":    ({Stage.AWARDED, Stage.NOT_SELECTED},                  Stage.ADMITTED),
    "revoke":    ({Stage.AWARDED},                                        Stage.NOT_SELECTED),
}  # fmt: skip

# Stages of entries that were received and may be opened after closing.
RECEIVED = frozenset({Stage.SUBMITTED, Stage.ADMITTED, Stage.INELIGIBLE, Stage.AWARDED, Stage.NOT_SELECTED})


class Right(enum.StrEnum):
    """What somebody may do with one solution; each holds those before it."""

    VIEW = "view"
    COMMENT = "comment"
    EDIT = "edit"


class Ending(enum.StrEnum):
    """Why an organisation is no longer of a consortium."""

    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"


RIGHTS = {Right.VIEW: 0, Right.COMMENT: 1, Right.EDIT: 2}
