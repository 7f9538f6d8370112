"""What an appeal may come to."""

import enum


class Verdict(enum.StrEnum):
    """Not upheld; upheld, and the mistake is put right while the result stands; upheld, and the panel decides again."""

    REJECTED = "rejected"
    CORRECTED = "corrected"
    REOPENED = "reopened"
