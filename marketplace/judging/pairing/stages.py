"""What a judge says of two entries."""

import enum


class Outcome(enum.StrEnum):
    """Which of the pair is better, by the order of their ids; equal ones need a sentence that says why."""

    ONE = "one"
    OTHER = "other"
    EQUAL = "equal"

    @property
    def turned(self) -> "Outcome":
        """The same said of the pair the other way round."""
        return {Outcome.ONE: Outcome.OTHER, Outcome.OTHER: Outcome.ONE}.get(self, self)
