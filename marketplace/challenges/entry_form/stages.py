"""Kinds of question, and who may read an answer."""

import enum


class Kind(enum.StrEnum):
    """What is asked for."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    LINK = "link"
    FILE = "file"


WITH_OPTIONS = frozenset({Kind.ONE_OF, Kind.SEVERAL_OF})
# Kinds whose answers may decide whether another question is asked.
BRANCHING = WITH_OPTIONS | {Kind.YES_NO}
# Kinds of which words are counted.
WORDED = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
YES, NO = "yes", "no"


class Audience(enum.StrEnum):
    """Who reads an answer beside its entrant, never before closing."""

    # everyone once it has won, before that as JUDGES
    PUBLIC = "public"
    # the judges and the agency
    JUDGES = "judges"
    # the agency alone
    AGENCY = "agency"
    # nobody until the agency opens the second envelope, then as JUDGES
    SEALED = "sealed"
