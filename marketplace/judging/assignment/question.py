"""What is asked of an assignment, as arrays: entries are rows, judges are columns. Pure."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

Pair = tuple[int, int]


@dataclass(frozen=True)
class Question:
    """gains and allowed are by row and column; reviews by row; least and most, the loads, by column."""

    entries: tuple[int, ...]
    judges: tuple[int, ...]
    gains: "Floats"
    allowed: "Bools"
    reviews: "Ints"
    least: "Ints"
    most: "Ints"

    @property
    def seats(self) -> int:
        """How many readings are asked for."""
        return int(self.reviews.sum())

    def above(self, floor: float) -> "Question":
        """The same question with no pair of a smaller gain."""
        return replace(self, allowed=self.allowed & (self.gains >= floor))

    def after(self, held: Collection[Pair]) -> "Question":
        """What is left to ask when these pairs stand: none of them again, fewer reviews and smaller loads."""
        import numpy as np  # noqa: PLC0415

        allowed, reviews = self.allowed.copy(), self.reviews.copy()
        least, most = self.least.copy(), self.most.copy()
        for row, column in self.places(held):
            allowed[row, column] = False
            reviews[row] -= 1
            least[column] -= 1
            most[column] -= 1
        least, most = np.maximum(least, 0), np.maximum(most, 0)
        return replace(self, allowed=allowed, reviews=np.maximum(reviews, 0), least=least, most=most)

    def adding(self, gains: Mapping[Pair, float]) -> "Question":
        """The same question where these pairs are worth so much more, or less; strangers are left out."""
        added = self.gains.copy()
        row_of = {entry: row for row, entry in enumerate(self.entries)}
        column_of = {judge: column for column, judge in enumerate(self.judges)}
        for (entry, judge), gain in gains.items():
            if entry in row_of and judge in column_of:
                added[row_of[entry], column_of[judge]] += gain
        return replace(self, gains=added)

    def barring(self, pairs: Collection[Pair]) -> "Question":
        """The same question without these pairs."""
        allowed = self.allowed.copy()
        if places := self.places(pairs):
            allowed[tuple(zip(*places, strict=True))] = False
        return replace(self, allowed=allowed)

    def places(self, pairs: Collection[Pair]) -> list[tuple[int, int]]:
        """Rows and columns of pairs, without those of strangers."""
        row_of = {entry: row for row, entry in enumerate(self.entries)}
        column_of = {judge: column for column, judge in enumerate(self.judges)}
        return [(row_of[e], column_of[j]) for e, j in sorted(pairs) if e in row_of and j in column_of]


def ask(
    affinity: Mapping[Pair, float],
    *,
    reviews_per_entry: Mapping[int, int] | int,
    max_load: Mapping[int, int] | int,
    conflicts: Collection[Pair],
    min_load: int = 0,
) -> Question:
    """Give each entry that many different judges with the greatest possible sum of affinities.

    `affinity` is by (entry, judge). All entries stand in it; the judges are those in it and in `max_load`.
    A pair it leaves out counts 0 and is allowed; a pair in `conflicts` is never assigned. Raises ValueError for
    numbers that mean nothing.
    """
    # numpy and the solvers cost 0.3 s and 60 MB; only the process that assigns pays for them.
    import numpy as np  # noqa: PLC0415

    known = max_load if isinstance(max_load, Mapping) else {}
    entries = tuple(sorted({entry for entry, _ in affinity}))
    judges = tuple(sorted({judge for _, judge in affinity} | known.keys()))
    room = max_load if isinstance(max_load, Mapping) else dict.fromkeys(judges, max_load)
    asked = reviews_per_entry if isinstance(reviews_per_entry, Mapping) else dict.fromkeys(entries, reviews_per_entry)
    if min(min_load, *room.values(), *asked.values(), 0) < 0 or not all(map(math.isfinite, affinity.values())):
        raise ValueError("reviews and loads are not negative, affinities are finite")
    question = weigh(np.zeros((len(entries), len(judges))), entries=entries, judges=judges, reviews=asked, room=room)
    question.least[:] = min_load
    return question.adding(affinity).barring(conflicts)


def weigh(
    gains: "Floats",
    *,
    entries: Sequence[int],
    judges: Sequence[int],
    reviews: Mapping[int, int],
    room: Mapping[int, int],
) -> Question:
    """The question of these gains by row and column; entries and judges ascend, whom `room` leaves out reads none."""
    import numpy as np  # noqa: PLC0415

    return Question(
        tuple(entries),
        tuple(judges),
        gains,
        allowed=np.ones(gains.shape, dtype=bool),
        reviews=np.array([reviews.get(entry, 0) for entry in entries], dtype=np.int64),
        least=np.zeros(len(judges), dtype=np.int64),
        most=np.array([room.get(judge, 0) for judge in judges], dtype=np.int64),
    )
