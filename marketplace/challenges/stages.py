"""The life of a challenge in one table; docs/stages.md is drawn from it."""

import enum


class Stage(enum.StrEnum):
    """What people decided; forecast, open and closed are computed from the clock while it is PUBLISHED."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SCREENING = "screening"
    JUDGING = "judging"
    DELIBERATION = "deliberation"
    DECIDED = "decided"
    RESULTS_PUBLISHED = "results_published"
    VERIFICATION = "verification"
    PILOT = "pilot"
    OUTCOME = "outcome"
    CANCELLED = "cancelled"
    NOT_AWARDED = "not_awarded"
    REVOKED = "revoked"
    HISTORY = "history"


MOVES: dict[str, tuple[set[Stage], Stage]] = {
    # move:              (from these stages,                                   to this one)
    "submit":            ({Stage.DRAFT},                                       Stage.IN_REVIEW),
    "return":            ({Stage.IN_REVIEW},                                   Stage.DRAFT),
    "publish":           ({Stage.IN_REVIEW},                                   Stage.PUBLISHED),
    "screen":            ({Stage.PUBLISHED},                                   Stage.SCREENING),
    "judge":             ({Stage.SCREENING},                                   Stage.JUDGING),
    "deliberate":        ({Stage.JUDGING},                                     Stage.DELIBERATION),
    "decide":            ({Stage.DELIBERATION},                                Stage.DECIDED),
    "reopen_decision":   ({Stage.DECIDED},                                     Stage.DELIBERATION),
    "reopen_results":    ({Stage.RESULTS_PUBLISHED, Stage.NOT_AWARDED},        Stage.DELIBERATION),
    "publish_results":   ({Stage.DECIDED},                                     Stage.RESULTS_PUBLISHED),
    "verify":            ({Stage.RESULTS_PUBLISHED},                           Stage.VERIFICATION),
    "pilot":             ({Stage.VERIFICATION},                                Stage.PILOT),
    "follow_up":         ({Stage.PILOT},                                       Stage.OUTCOME),
    "cancel":            ({Stage.IN_REVIEW, Stage.PUBLISHED, Stage.SCREENING}, Stage.CANCELLED),
    "not_award":         ({Stage.SCREENING, Stage.DECIDED},                    Stage.NOT_AWARDED),
    "revoke":            ({Stage.RESULTS_PUBLISHED, Stage.VERIFICATION},       Stage.REVOKED),
    "record":            ({Stage.DRAFT},                                       Stage.HISTORY),
}  # fmt: skip

HIDDEN = frozenset({Stage.DRAFT, Stage.IN_REVIEW})
WITH_RESULTS = frozenset({Stage.RESULTS_PUBLISHED, Stage.VERIFICATION, Stage.PILOT, Stage.OUTCOME})


class Field(enum.StrEnum):
    """The six fields of the Technical Innovation Contest, and what is none of them."""

    ICT = "ict"
    MECHANICS = "mechanics"
    MATERIALS = "materials"
    AGRICULTURE = "agriculture"
    MEDICINE = "medicine"
    EDUCATION = "education"
    OTHER = "other"


class IpTerms(enum.StrEnum):
    """Who owns what after a win."""

    KEEP = "keep"
    LICENCE = "licence"
    TRANSFER = "transfer"
    OPEN = "open"


class RuleKind(enum.StrEnum):
    """What a rule of eligibility asks about whoever wants to answer."""

    APPLICANTS = "applicants"
    KINDS = "kinds"
    SIDES = "sides"
    PLACE = "place"
    SIZES = "sizes"
    NO_PRIZE = "no_prize"


class Applicant(enum.StrEnum):
    """In whose name an entry stands."""

    ORGANISATION = "organisation"
    GROUP = "group"
    INDIVIDUAL = "individual"


class Reach(enum.StrEnum):
    """Where whoever answers must be at home."""

    VIETNAM = "vietnam"
    HANOI = "hanoi"


class Size(enum.StrEnum):
    """Sizes of enterprises by the law on support for small and medium enterprises, and the rest."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Direction(enum.StrEnum):
    """Which way of a target is success."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class PledgeOutcome(enum.StrEnum):
    """What an agency says became of its promise to decide about use."""

    DECIDED = "decided"
    DROPPED = "dropped"


class TranslationWord(enum.StrEnum):
    """What somebody said of a translation."""

    MACHINE = "machine"
    APPROVED = "approved"
