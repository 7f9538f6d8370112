"""Who reads an expert's page, and what shows that somebody knows a thing."""

import enum


class Readers(enum.StrEnum):
    """Who reads a page or a part of it; each reads what those before it read."""

    PUBLIC = "public"
    ORGANISERS = "organisers"
    OWN = "own"


BREADTH = {Readers.PUBLIC: 0, Readers.ORGANISERS: 1, Readers.OWN: 2}
# parts of a page whose readers may be fewer than those of the page
PARTS = ("summary", "languages", "evidence", "affiliations")


class Supervised(enum.StrEnum):
    """Which of the two supervised the other: the expert whose page says it, or the one whom it names."""

    BY_ME = "by_me"
    ME = "me"


class Expertise(enum.StrEnum):
    """What a line of evidence is."""

    PAPER = "paper"
    PATENT = "patent"
    PROJECT = "project"
    ROLE = "role"
    AWARD = "award"
