"""What each signal counts for, and how the pieces of an owner add up.

An item's score: shared words (BM25F as a share of the question's own score), latent semantics and, with the extra
`semantic`, sentence vectors (cosines), weighted so that each spreads items about equally. An owner's: squares of the
items' scores, so that near ones count most, each worth `patience` of the one before (docs/matching.md).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """The few numbers that a question is asked with; none below 0, and a patience of at most 1."""

    words: float = 2.0
    latent: float = 1.0
    vectors: float = 4.0
    patience: float = 0.95

    def __post_init__(self) -> None:
        """Raises ValueError where what is known of scores from above would not hold (relevance/standing.py)."""
        if min(self.words, self.latent, self.vectors) < 0 or not 0 <= self.patience <= 1:
            raise ValueError(self)


# Chosen over all development sets together.
CHOSEN = Weights()
