"""The lives of a seat on a panel and of a score sheet as tables; docs/stages.md is drawn from them."""

import enum


class SeatRole(enum.StrEnum):
    """What a person is on a panel; alternates read only where somebody else dropped out."""

    CHAIR = "chair"
    JUDGE = "judge"
    ALTERNATE = "alternate"


class SeatStage(enum.StrEnum):
    """What the invited person answered."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class SheetStage(enum.StrEnum):
    """How far one judge is with one entry; an ended sheet keeps its scores and counts for nothing."""

    ASSIGNED = "assigned"
    DRAFT = "draft"
    FINAL = "final"
    ENDED = "ended"


class Basis(enum.StrEnum):
    """What a declaration about an entry rests on; everything but NONE is a conflict of interest."""

    NONE = "none"
    DECLARED = "declared"
    RECUSED = "recused"
    AUTHOR = "author"
    MEMBER = "member"
    DOMAIN = "domain"


SEAT_MOVES: dict[str, tuple[set[SeatStage], SeatStage]] = {
    # move:    (from these stages,    to this one)
    "accept":  ({SeatStage.INVITED},  SeatStage.ACCEPTED),
    "decline": ({SeatStage.INVITED},  SeatStage.DECLINED),
    "invite":  ({SeatStage.DECLINED}, SeatStage.INVITED),
}  # fmt: skip

SHEET_MOVES: dict[str, tuple[set[SheetStage], SheetStage]] = {
    # move:     (from these stages,                                          to this one)
    "save":     ({SheetStage.ASSIGNED, SheetStage.DRAFT},                    SheetStage.DRAFT),
    "finalise": ({SheetStage.DRAFT},                                         SheetStage.FINAL),
    "end":      ({SheetStage.ASSIGNED, SheetStage.DRAFT, SheetStage.FINAL},  SheetStage.ENDED),
}  # fmt: skip
