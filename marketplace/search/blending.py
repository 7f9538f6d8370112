"""Words and meaning together: how near the texts of entries are to a question, and the order that comes of both. Pure.

Raw cosines favour texts in the question's own language, so each counts by how many standard deviations it is above the
mean text of its language. The scores of words are standardised among those of the entries that hold any, and a zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from marketplace.relevance.places import Codes, joined
from marketplace.search.finding import Found, Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Across languages words share little but names and numbers; within one language this costs nothing.
VECTOR_WEIGHT = 2.0
# A text is near where no more than so many of its language would be as near by chance, and never below so many
# deviations, which among five texts none can have (docs/search.md).
BY_CHANCE = 0.25
LEAST = 2.0


@dataclass(frozen=True)
class Meanings:
    """Vectors of entries: their numbers, the row each was read from, and by language those of their texts.

    A text that is not there has length 0.
    """

    numbers: "NDArray[np.int64]"
    rows: "NDArray[np.int64]"
    texts: Mapping[str, Codes]

    @cached_property
    def order(self) -> "NDArray[np.intp]":
        """The places of the entries by their numbers."""
        return self.numbers.argsort()

    @property
    def highest(self) -> int:
        """The highest row that was read."""
        return int(self.rows.max(initial=0))

    def places(self, numbers: "Sequence[int] | NDArray[np.int64]") -> "NDArray[np.intp]":
        """Where these entries stand; -1 for those that are not known."""
        import numpy as np  # noqa: PLC0415 - only who has vectors pays for numpy

        if not len(self.numbers):
            return np.full(len(numbers), -1)
        after = np.searchsorted(self.numbers, numbers, sorter=self.order)
        at = self.order[np.minimum(after, len(self.numbers) - 1)]
        return np.where(self.numbers[at] == numbers, at, -1)

    def nearness(self, asked: "NDArray[np.float32]") -> "Nearness":
        """How near each entry is to a question of length 1, by the nearer of its texts."""
        import numpy as np  # noqa: PLC0415 - only who has vectors pays for numpy

        best = np.full(len(self.numbers), -np.inf)
        is_near = np.zeros(len(self.numbers), dtype=np.bool_)
        for codes in self.texts.values():
            there = codes.factors > 0
            if there.any():
                cosines = codes.ceilings(asked[None])[0].astype(np.float64)
                deviations = np.where(there, standard(cosines, among=cosines[there]), -np.inf)
                best = np.maximum(best, deviations)
                is_near |= deviations >= bound(int(there.sum()))
        return Nearness(self, np.where(np.isfinite(best), best, 0.0), is_near)

    def with_these(self, fresh: "Meanings") -> "Meanings":
        """With fresh entries, in place of what was known of them."""
        import numpy as np  # noqa: PLC0415

        at = self.places(fresh.numbers)
        known, new = at >= 0, at < 0
        texts = {
            language: joined([codes, _taken(fresh.texts[language], new)]) for language, codes in self.texts.items()
        }
        for language, codes in texts.items():
            codes.codes[at[known]] = fresh.texts[language].codes[known]
            codes.factors[at[known]] = fresh.texts[language].factors[known]
        rows = np.append(self.rows, fresh.rows[new])
        rows[at[known]] = fresh.rows[known]
        return Meanings(np.append(self.numbers, fresh.numbers[new]), rows, texts)

    def without(self, rows: "NDArray[np.int64]") -> "Meanings":
        """Without the entries that were read from these rows."""
        import numpy as np  # noqa: PLC0415

        stay = ~np.isin(self.rows, rows)
        texts = {language: _taken(codes, stay) for language, codes in self.texts.items()}
        return Meanings(self.numbers[stay], self.rows[stay], texts)


@dataclass(frozen=True)
class Nearness:
    """By entry, in the order of its `meanings`: deviations above the mean text, and whether it is near."""

    meanings: Meanings
    deviations: "NDArray[np.float64]"
    is_near: "NDArray[np.bool_]"

    def of(self, numbers: Sequence[int]) -> "NDArray[np.float64]":
        """The deviations of these entries; 0 of one whose texts have no vectors yet."""
        import numpy as np  # noqa: PLC0415

        at = self.meanings.places(numbers)
        return np.append(self.deviations, 0.0)[at]

    def nearest(self) -> list[tuple[int, int]]:
        """Number and row of the entries that are near, the nearest first."""
        import numpy as np  # noqa: PLC0415

        near = np.flatnonzero(self.is_near)
        order = near[np.lexsort((self.meanings.numbers[near], -self.deviations[near]))]
        return list(zip(self.meanings.numbers[order].tolist(), self.meanings.rows[order].tolist(), strict=True))


def ranked(found: Found, nearness: Nearness, beside: Sequence[int]) -> tuple[Hit, ...]:
    """The hits, and `beside` them entries that hold no word, the best first.

    Those with all the words of a short query stay first, in their order; all others by words and meaning together.
    """
    first = [hit for hit in found.hits if found.is_short and hit.has_all]
    others = [hit for hit in found.hits if not (found.is_short and hit.has_all)]
    others += [Hit(number, 0.0, has_all=False, is_near=True) for number in beside]
    totals = _totals([hit.score for hit in others], nearness.of([hit.number for hit in others]))
    blended = [hit._replace(score=float(total)) for hit, total in zip(others, totals, strict=True)]
    return (*first, *sorted(blended, key=lambda hit: (-hit.score, -hit.number)))


def _taken(codes: Codes, at: "NDArray[Any]") -> Codes:
    return Codes(codes.codes[at], codes.factors[at])


def bound(count: int) -> float:
    """From so many deviations on a text is near, among so many of its language."""
    return max(LEAST, NormalDist().inv_cdf(1 - BY_CHANCE / count))


def standard(values: "NDArray[np.float64]", *, among: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Values as standard deviations above the mean of some of them; 0 where these are all the same."""
    spread = float(among.std())
    return (values - float(among.mean())) / spread if spread > 0 else values * 0


def _totals(scores: Sequence[float], deviations: "NDArray[np.float64]") -> "NDArray[Any]":
    import numpy as np  # noqa: PLC0415

    held = np.array([*(score for score in scores if score), 0.0])
    return standard(np.array(scores, dtype=np.float64), among=held) + VECTOR_WEIGHT * deviations
