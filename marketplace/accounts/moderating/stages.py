"""What becomes of a text that somebody reported."""

import enum


class TextStage(enum.StrEnum):
    """Where it stands."""

    REPORTED = "reported"
    LEFT = "left"
    HIDDEN = "hidden"


class ReportReason(enum.StrEnum):
    """What a reader says is wrong with it."""

    FALSE = "false"
    PRIVATE = "private"
    INSULTING = "insulting"
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"
    OTHER = "other"


MOVES = {
    "report": ({TextStage.REPORTED, TextStage.LEFT}, TextStage.REPORTED),
    "hide": ({TextStage.REPORTED, TextStage.LEFT}, TextStage.HIDDEN),
    "leave": ({TextStage.REPORTED}, TextStage.LEFT),
    "restore": ({TextStage.HIDDEN}, TextStage.LEFT),
}
