"""For what somebody may agree that their data are used."""

import enum


class Purpose(enum.StrEnum):
    """Each is asked for by itself; nobody may be kept out for saying no to one of FREE."""

    TERMS = "terms"
    PRIVACY = "privacy"
    NEWS = "news"
    RESEARCH = "research"


# Purpose -> the document in which it is described
DOCUMENT = {purpose: "terms" if purpose == Purpose.TERMS else "privacy" for purpose in Purpose}
NEEDED = (Purpose.TERMS, Purpose.PRIVACY)
FREE = (Purpose.NEWS, Purpose.RESEARCH)
