"""How a member votes."""

import enum


class Choice(enum.StrEnum):
    """Abstaining is a vote: it counts for the quorum, not for the outcome."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
