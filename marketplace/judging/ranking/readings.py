"""Totals of judges as arrays, in an order that does not depend on how they were written down. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[int, int]
# Fewer readings than this tell nothing about judges and entries at once.
FEWEST_READINGS, FEWEST_ENTRIES, FEWEST_JUDGES = 6, 3, 2


@dataclass(frozen=True)
class Readings:
    """Every total that was given: row r says what judges[judge[r]] gave to entries[entry[r]].

    category: of each entry, from 0; all 0 where entries are not divided.
    """

    entries: tuple[int, ...]
    judges: tuple[int, ...]
    entry: Ints
    judge: Ints
    score: Floats
    category: Ints

    @property
    def enough(self) -> bool:
        """Whether there is anything to estimate: not all alike, and more readings than unknowns."""
        return (
            len(self.score) >= max(FEWEST_READINGS, len(self.entries) + 1)
            and len(self.entries) >= FEWEST_ENTRIES
            and len(self.judges) >= FEWEST_JUDGES
            and float(np.ptp(self.score)) > 0
        )

    def with_scores(self, score: Floats) -> "Readings":
        """The same readings with other numbers."""
        return replace(self, score=score)

    def mean_of(self, whose: Ints, count: int) -> Floats:
        """The mean score by entry or by judge; `whose` is the row's entry or judge."""
        return sums(whose, self.score, count) / np.maximum(np.bincount(whose, minlength=count), 1)


def readings(totals: Mapping[Pair, Decimal | float | None], *, categories: Mapping[int, Any] | None = None) -> Readings:
    """The readings of `totals`, by (entry, judge); None stands for a judge who gave nothing and is left out.

    `categories` names the field of each entry, by entry; entries it leaves out share one.
    """
    given = sorted((pair, float(total)) for pair, total in totals.items() if total is not None)
    entries = tuple(sorted({entry for (entry, _), _ in given}))
    judges = tuple(sorted({judge for (_, judge), _ in given}))
    row_of = {entry: row for row, entry in enumerate(entries)}
    column_of = {judge: column for column, judge in enumerate(judges)}
    names = [str((categories or {}).get(entry, "")) for entry in entries]
    number_of = {name: number for number, name in enumerate(sorted(set(names)))}
    return Readings(
        entries=entries,
        judges=judges,
        entry=np.array([row_of[entry] for (entry, _), _ in given], dtype=np.int64),
        judge=np.array([column_of[judge] for (_, judge), _ in given], dtype=np.int64),
        score=np.array([score for _, score in given], dtype=np.float64),
        category=np.array([number_of[name] for name in names], dtype=np.int64),
    )


def sums(whose: Ints, what: Floats, count: int) -> Floats:
    """What belongs to each of `count` owners, added up."""
    return np.asarray(np.bincount(whose, what, count), dtype=np.float64)
