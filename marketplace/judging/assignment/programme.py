"""Assignment as an integer programme, where demands on an entry's readers together make it more than a flow. Pure.

Where not all demands can be kept, the same programme with a price
on each breach finds the fewest, and names them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.judging.assignment.demands import Demand
from marketplace.judging.assignment.optimum import Row, best, least_broken
from marketplace.judging.assignment.question import Pair, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A question of more pairs is cut to the nearest judges of each entry, and the nearest for each demand.
_NEAREST, _NEAREST_FOR_DEMAND, _LARGE = 40, 8, 20_000
# What a breach costs, in units of the greatest affinity of a whole entry.
_EMPTY_SEAT, _BREACH, _IDLE = 1000.0, 100.0, 10.0


@dataclass(frozen=True)
class Answer:
    """Rows and columns of the seats that are filled, and the demands that are not kept, by row."""

    seats: list[Pair]
    unkept: list[tuple[int, Demand]]


def solve(question: Question, demands: Sequence[Demand]) -> Answer:
    """The seats of greatest affinity that keep every demand; else those that break least."""
    import numpy as np  # noqa: PLC0415

    usable = question.allowed & _considered(question, demands)
    rows, columns = np.nonzero(usable)
    constraints = [*_counts(question, rows, columns), *_demanded(question, demands, rows=rows, columns=columns)]
    gains = question.gains[rows, columns]
    chosen, broken = best(gains, constraints), list[Row]()
    if chosen is None:
        chosen, broken = least_broken(gains, constraints)
    if chosen is None:
        raise RuntimeError("the programme was not solved")  # with a price on every breach there is always an answer
    seats = list(zip(rows[chosen].tolist(), columns[chosen].tolist(), strict=True))
    return Answer(seats, [row.demand for row in broken if row.demand is not None])


def _considered(question: Question, demands: Sequence[Demand]) -> "NDArray[np.bool_]":
    """All pairs of a question of usual size; of a large one each entry's nearest judges, and those of each demand."""
    import numpy as np  # noqa: PLC0415

    if question.gains.size <= _LARGE:
        return np.ones(question.gains.shape, dtype=bool)
    gains = np.where(question.allowed, question.gains, -np.inf)
    kept = _nearest(gains, _NEAREST)
    for demand in demands:
        if demand.least:
            within = np.array([judge in demand.judges for judge in question.judges])
            kept |= _nearest(np.where(within[None, :], gains, -np.inf), _NEAREST_FOR_DEMAND)
    # By judge too, so that nobody below the minimum load is out of reach.
    return kept | _nearest(gains.T, _NEAREST).T


def _nearest(gains: "NDArray[np.float64]", count: int) -> "NDArray[np.bool_]":
    import numpy as np  # noqa: PLC0415

    if count >= gains.shape[1]:
        return np.isfinite(gains)
    edge = np.partition(gains, -count, axis=1)[:, [-count]]
    return np.isfinite(gains) & (gains >= edge)


def _counts(question: Question, rows: "NDArray[np.int64]", columns: "NDArray[np.int64]") -> list[Row]:
    """So many reviews for an entry, between least and most for a judge."""
    by_entry = _members(rows, len(question.entries))
    by_judge = _members(columns, len(question.judges))
    wanted, least, most = question.reviews.tolist(), question.least.tolist(), question.most.tolist()
    return [
        *(Row(variables, wanted[row], wanted[row], _EMPTY_SEAT) for row, variables in enumerate(by_entry)),
        *(
            Row(variables, min(least[column], most[column]), most[column], _IDLE)
            for column, variables in enumerate(by_judge)
        ),
    ]


def _members(places: "NDArray[np.int64]", count: int) -> "list[NDArray[np.int64]]":
    """The variables of each row or column, in ascending order."""
    import numpy as np  # noqa: PLC0415

    order = np.argsort(places, kind="stable")
    return np.split(order, np.searchsorted(places[order], np.arange(1, count)))


def _demanded(
    question: Question, demands: Sequence[Demand], *, rows: "NDArray[np.int64]", columns: "NDArray[np.int64]"
) -> list[Row]:
    import numpy as np  # noqa: PLC0415

    by_entry = _members(rows, len(question.entries))
    row_of = {entry: row for row, entry in enumerate(question.entries)}
    found = []
    for demand in demands:
        within = np.array([judge in demand.judges for judge in question.judges], dtype=bool)
        for entry in question.entries if demand.entries is None else sorted(demand.entries):
            row = row_of.get(entry)
            if row is not None and question.reviews[row]:
                variables = by_entry[row][within[columns[by_entry[row]]]]
                most = math.inf if demand.most is None else demand.most
                if demand.least or most < len(variables):
                    found.append(Row(variables, demand.least, most, _BREACH, (row, demand)))
    return found
