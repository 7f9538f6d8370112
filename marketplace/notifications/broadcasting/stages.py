"""To whom an agency writes about a challenge."""

import enum


class Audience(enum.StrEnum):
    """By how far they are."""

    CONCERNED = "concerned"
    DRAFTERS = "drafters"
    ENTRANTS = "entrants"
    INELIGIBLE = "ineligible"
    AWARDED = "awarded"
    NOT_SELECTED = "not_selected"
    LATE_JUDGES = "late_judges"


# Who they are, and how many, is nobody's business before entries may be opened.
SEALED = frozenset(Audience) - {Audience.LATE_JUDGES}
