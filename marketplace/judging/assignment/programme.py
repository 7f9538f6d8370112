"""Assignment as an integer programme, where demands on an entry's readers together make it more than a flow. Pure.

Solved by HiGHS through scipy (Huangfu & Hall 2018). Where not all demands can be kept, the same programme with a price
on each breach finds the fewest, and names them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marketplace.judging.assignment.demands import Demand
from marketplace.judging.assignment.question import Pair, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A question of more pairs is cut to the nearest judges of each entry, and the nearest for each demand.
_NEAREST, _NEAREST_FOR_DEMAND, _LARGE = 40, 8, 20_000
# What a breach costs, in units of the greatest affinity of a whole entry.
_EMPTY_SEAT, _BREACH, _IDLE = 1000.0, 100.0, 10.0
_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """Rows and columns of the seats that are filled, and the demands that are not kept, by row."""

    seats: list[Pair]
    unkept: list[tuple[int, Demand]]


@dataclass(frozen=True)
class _Row:
    """low <= sum of these variables <= high; price is of one unit too few or, where `capped`, too many."""

    variables: "NDArray[np.int64]"
    low: float
    high: float
    price: float
    demand: tuple[int, Demand] | None = None

    @property
    def capped(self) -> bool:
        return self.demand is not None and not self.low


def solve(question: Question, demands: Sequence[Demand]) -> Answer:
    """The seats of greatest affinity that keep every demand; else those that break least."""
    import numpy as np  # noqa: PLC0415

    usable = question.allowed & _considered(question, demands)
    rows, columns = np.nonzero(usable)
    constraints = [*_counts(question, rows, columns), *_demanded(question, demands, rows=rows, columns=columns)]
    gains = question.gains[rows, columns]
    chosen, _ = _optimum(gains, constraints, elastic=False)
    broken: list[_Row] = []
    if chosen is None:
        chosen, broken = _optimum(gains, constraints, elastic=True)
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


def _counts(question: Question, rows: "NDArray[np.int64]", columns: "NDArray[np.int64]") -> list[_Row]:
    """So many reviews for an entry, between least and most for a judge."""
    by_entry = _members(rows, len(question.entries))
    by_judge = _members(columns, len(question.judges))
    wanted, least, most = question.reviews.tolist(), question.least.tolist(), question.most.tolist()
    return [
        *(_Row(variables, wanted[row], wanted[row], _EMPTY_SEAT) for row, variables in enumerate(by_entry)),
        *(
            _Row(variables, min(least[column], most[column]), most[column], _IDLE)
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
) -> list[_Row]:
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
                    found.append(_Row(variables, demand.least, most, _BREACH, (row, demand)))
    return found


def _optimum(
    gains: "NDArray[np.float64]", constraints: Sequence[_Row], *, elastic: bool
) -> "tuple[NDArray[np.bool_] | None, list[_Row]]":
    """Which variables are 1 in the best answer, None without one; and, where breaches have a price, the broken rows."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    count, extra = len(gains), len(constraints) if elastic else 0
    scale = float(np.abs(gains).max(initial=0)) or 1.0
    prices = np.array([row.price for row in constraints[:extra]])
    options: dict[str, Any] = {"mip_rel_gap": 0.0, "time_limit": _SECONDS}
    solved = milp(
        np.concatenate([-gains / scale, prices]),
        integrality=np.concatenate([np.ones(count), np.zeros(extra)]),
        bounds=Bounds(0, np.concatenate([np.ones(count), np.full(extra, np.inf)])),
        constraints=LinearConstraint(
            _matrix(constraints, count, elastic=elastic),
            [row.low for row in constraints],
            [row.high for row in constraints],
        ),
        options=options,
    )
    if solved.x is None:
        return None, []
    broken = [row for row, slack in zip(constraints, solved.x[count:], strict=False) if slack > 1e-6]
    return solved.x[:count] > 0.5, broken


def _matrix(constraints: Sequence[_Row], count: int, *, elastic: bool) -> Any:
    """A line for each constraint; where elastic, with a variable of its own that fills up what is missing."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array, diags_array, hstack  # noqa: PLC0415

    sizes = [len(row.variables) for row in constraints]
    columns = np.concatenate([row.variables for row in constraints]) if constraints else np.zeros(0, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    matrix = csr_array((np.ones(len(columns)), columns, starts), shape=(len(constraints), count))
    signs = np.array([-1.0 if row.capped else 1.0 for row in constraints])
    return hstack([matrix, diags_array(signs)], format="csr") if elastic else matrix
