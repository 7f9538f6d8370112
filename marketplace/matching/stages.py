"""Words that matching keeps in the database."""

import enum


class Row(enum.StrEnum):
    """The list in which a suggestion is shown: the best of all, those with little to show yet, those from elsewhere."""

    BEST = "best"
    NEWCOMER = "newcomer"
    FAR = "far"


class Verdict(enum.StrEnum):
    """What somebody says of a suggestion."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    KNOWN = "known"
