"""The lives of a seat on a panel and of a score sheet as tables; docs/stages.md is drawn from them."""

import enum


class SeatRole(enum.StrEnum):
    """What a person is on a panel; alternates read where somebody drops out, trainees' scores never count."""

    CHAIR = "chair"
    JUDGE = "judge"
    ALTERNATE = "alternate"
    TRAINEE = "trainee"


class SeatStage(enum.StrEnum):
    """What the invited person answered, and whether they left since."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"


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
    GROUP = "group"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    COENTRY = "coentry"
    CONTRACT = "contract"
    SUPERVISOR = "supervisor"


class Wish(enum.StrEnum):
    """How gladly a judge reads an entry."""

    WANT = "want"
    CAN = "can"
    RATHER_NOT = "rather_not"


class Hint(enum.StrEnum):
    """What may be a conflict and only a person can tell: names say so, or the entrant's word alone."""

    AFFILIATION = "affiliation"
    PARTNER = "partner"
    RIVAL = "rival"
    CONTRACT = "contract"


class Blind(enum.StrEnum):
    """What is known in a round: everything; not who entered; neither who entered nor, to entrants, who judges."""

    OPEN = "open"
    BLIND = "blind"
    DOUBLE = "double"


class RoundKind(enum.StrEnum):
    """What judges do in a round: give points; say which of two is better; order their list; give points at a hearing.

    What they say of two entries, or by an order, makes the ranking of the round by Bradley and Terry's model.
    """

    SCORES = "scores"
    PAIRS = "pairs"
    ORDER = "order"
    ORAL = "oral"

    @property
    def compares(self) -> bool:
        """Whether judges compare entries and give no points."""
        return self in {RoundKind.PAIRS, RoundKind.ORDER}


class Look(enum.StrEnum):
    """Who looks again at what an entrant revised: the chair, or the judges by their score sheets."""

    CHAIR = "chair"
    JUDGES = "judges"


class DropOut(enum.StrEnum):
    """What becomes of the sheets of a judge who leaves: finished ones stay, or all are read again by others."""

    FINISHED_STAY = "finished_stay"
    ALL_REREAD = "all_reread"


class Comments(enum.StrEnum):
    """Which points a judge has to explain."""

    EXTREMES = "extremes"
    ALWAYS = "always"
    NEVER = "never"


class Tiebreak(enum.StrEnum):
    """What may part entries of equal mean; whatever is left shares its place."""

    CRITERIA = "criteria"
    LOWEST = "lowest"
    SPREAD = "spread"
    EARLIER = "earlier"
    LOT = "lot"


SEAT_MOVES: dict[str, tuple[set[SeatStage], SeatStage]] = {
    # move:    (from these stages,    to this one)
    "accept":  ({SeatStage.INVITED},  SeatStage.ACCEPTED),
    "decline": ({SeatStage.INVITED},  SeatStage.DECLINED),
    "invite":  ({SeatStage.DECLINED}, SeatStage.INVITED),
    "leave":   ({SeatStage.ACCEPTED}, SeatStage.LEFT),
}  # fmt: skip

SHEET_MOVES: dict[str, tuple[set[SheetStage], SheetStage]] = {
    # move:     (from these stages,                                          to this one)
    "save":     ({SheetStage.ASSIGNED, SheetStage.DRAFT},                    SheetStage.DRAFT),
    "finalise": ({SheetStage.DRAFT},                                         SheetStage.FINAL),
    "return":   ({SheetStage.FINAL},                                         SheetStage.DRAFT),
    "reopen":   ({SheetStage.FINAL},                                         SheetStage.DRAFT),
    "end":      ({SheetStage.ASSIGNED, SheetStage.DRAFT, SheetStage.FINAL},  SheetStage.ENDED),
}  # fmt: skip
