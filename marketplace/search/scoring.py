"""One scoring model for all engines: BM25F over the candidates that an engine found. Pure.

Robertson, Zaragoza & Taylor (2004). The counts are read from strings that the index keeps, so that no engine's own
order matters: a city that moves from SQLite to PostgreSQL sees the same first page.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.search.plan import Wanted

# Chosen over all development sets together (docs/search.md).
K1 = 1.5
B = 0.75
FIELD_WEIGHTS = (3.0, 2.0, 1.0)


@dataclass(frozen=True)
class Collection:
    """What all entries are like: how many there are, mean words of title, tags and body, and how many hold a term."""

    size: int
    mean_lengths: tuple[float, float, float]
    frequencies: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """ln(1 + (N - n + .5) / (n + .5)), always above 0."""
        held = min(self.frequencies.get(term, 0), self.size)
        return math.log1p((self.size - held + 0.5) / (held + 0.5))


class Scoring:
    """The BM25F score of entries for what is wanted; what does not change between them is worked out once."""

    def __init__(self, wanted: Sequence[Wanted], collection: Collection):
        self._means = collection.mean_lengths
        worth = [(want.spelling, want.weight * collection.rarity(want.term), want.is_exact) for want in wanted]
        self._folded = [(spelling, value) for spelling, value, is_exact in worth if not is_exact]
        self._exact = [(spelling, value) for spelling, value, is_exact in worth if is_exact]

    @property
    def reads_exact(self) -> bool:
        """Whether words with marks are wanted, so that a score needs the exact string too."""
        return bool(self._exact)

    def __call__(self, lengths: Sequence[int], folded: str, exact: str = "") -> float:
        """The score of an entry with these lengths and strings of terms.Indexed."""
        shares = [
            weight / (1 - B + B * length / mean) if mean > 0 else weight
            for weight, length, mean in zip(FIELD_WEIGHTS, lengths, self._means, strict=True)
        ]
        return _added(folded, self._folded, shares) + (_added(exact, self._exact, shares) if self._exact else 0.0)


def _added(string: str, wanted: Sequence[tuple[str, float]], shares: Sequence[float]) -> float:
    total = 0.0
    end_of_title = string.index("\n")
    head = string[: string.index("\n", end_of_title + 1)]
    of_title, of_tags, of_body = shares
    for spelling, value in wanted:
        if count := string.count(spelling):
            # Most words stand in the body alone, so one look at title and tags together does for both.
            in_head = head.count(spelling)
            in_title = head.count(spelling, 0, end_of_title) if in_head else 0
            weight = of_title * in_title + of_tags * (in_head - in_title) + of_body * (count - in_head)
            total += value * weight / (K1 + weight)
    return total
