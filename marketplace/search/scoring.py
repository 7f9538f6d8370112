"""One scoring model for all engines: BM25F over the candidates that an engine found. Pure.

Robertson, Zaragoza & Taylor (2004). The counts are read from strings that the index keeps, so that no engine's own
order matters: a city that moves from SQLite to PostgreSQL sees the same first page.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.search.plan import Wanted

K1 = 1.2
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


@dataclass(frozen=True)
class Candidate:
    """An entry that an engine found: its number and the strings and lengths of terms.Indexed."""

    number: int
    folded: str
    exact: str
    lengths: tuple[int, int, int]


def score(candidate: Candidate, wanted: Sequence[Wanted], collection: Collection) -> float:
    """The BM25F score of a candidate for everything that is wanted."""
    norms = [
        1 - B + B * length / mean if mean > 0 else 1.0
        for length, mean in zip(candidate.lengths, collection.mean_lengths, strict=True)
    ]
    shares = [weight / norm for weight, norm in zip(FIELD_WEIGHTS, norms, strict=True)]
    total = 0.0
    for want in wanted:
        string = candidate.exact if want.is_exact else candidate.folded
        if want.spelling in string:
            weight = sum(
                share * part.count(want.spelling) for share, part in zip(shares, string.split("\n"), strict=True)
            )
            total += want.weight * collection.rarity(want.term) * weight / (K1 + weight)
    return total
