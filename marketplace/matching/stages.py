"""Words that matching keeps in the database."""

import enum


class Row(enum.StrEnum):
    """The list in which a suggestion is shown: the best of all, or those with little to show yet."""

    BEST = "best"
    NEWCOMER = "newcomer"
