"""Which documents there are."""

import enum


class DocumentKind(enum.StrEnum):
    """Minutes of the panel, all score sheets, the submission to the head of the agency, the decision to be signed."""

    MINUTES = "minutes"
    SHEETS = "sheets"
    SUBMISSION = "submission"
    DECISION = "decision"

    @property
    def proposes(self) -> bool:
        """Whether it says who wins, so that it needs a draft of the results."""
        return self in {DocumentKind.SUBMISSION, DocumentKind.DECISION}
