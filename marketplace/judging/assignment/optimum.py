"""The best choice of pairs under linear rules: exact, by a linear programme and a small integer one. Pure.

Solved by HiGHS through scipy (Huangfu & Hall 2018). The linear programme says what each pair costs that it leaves out
or takes in; whatever costs more than the integer answer found so far loses is settled (reduced-cost fixing: Dantzig,
Fulkerson & Johnson 1954), so that hardly a pair is left to branch on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marketplace.judging.assignment.demands import Demand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SECONDS = 60
# Pairs whose reduced cost, as a share of the greatest gain, is at most this are left open first; then twice as much.
_NARROW, _WIDER = 0.02, 4
_WHOLE = 1e-6


@dataclass(frozen=True)
class Row:
    """low <= sum of these variables <= high; price is of one unit too few or, where `capped`, too many."""

    variables: "NDArray[np.int64]"
    low: float
    high: float
    price: float
    demand: tuple[int, Demand] | None = None

    @property
    def capped(self) -> bool:
        return self.demand is not None and not self.low


@dataclass(frozen=True)
class _Programme:
    """Costs of the variables, from -1 to 1, and the rules on them."""

    costs: "NDArray[np.float64]"
    matrix: Any
    low: "NDArray[np.float64]"
    high: "NDArray[np.float64]"


def best(gains: "NDArray[np.float64]", rows: Sequence[Row]) -> "NDArray[np.bool_] | None":
    """Which variables are 1 in the answer of greatest gain that keeps all rules; None without one."""
    import numpy as np  # noqa: PLC0415

    if not len(gains):
        return None if any(row.low > 0 for row in rows) else np.zeros(0, dtype=np.bool_)
    scale = float(np.abs(gains).max(initial=0)) or 1.0
    low, high = np.array([row.low for row in rows]), np.array([row.high for row in rows])
    programme = _Programme(-gains / scale, _matrix(rows, len(gains)), low, high)
    relaxed = _relaxed(programme)
    if relaxed is None:
        return None
    values, reduced, bound = relaxed
    if np.abs(values - np.rint(values)).max(initial=0) < _WHOLE:
        return values > 0.5
    width = _NARROW
    while True:
        open_ = np.abs(reduced) <= width
        found = _integers(programme, np.where(open_, 0.0, np.rint(values)), np.where(open_, 1.0, np.rint(values)))
        gap = float(found @ programme.costs) - bound if found is not None else None
        if open_.all() or (gap is not None and gap <= width):
            return found > 0.5 if found is not None else None
        # nothing that costs more than this gap can be in a better answer
        width = gap + _WHOLE if gap is not None else width * _WIDER


def _relaxed(programme: _Programme) -> "tuple[NDArray[np.float64], NDArray[np.float64], float] | None":
    """The values of the linear programme, what each variable costs away from its bound, and the least cost."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import vstack  # noqa: PLC0415

    equal = programme.low == programme.high
    above, below = ~equal & np.isfinite(programme.high), ~equal & (programme.low > 0)
    solved = linprog(
        programme.costs,
        A_ub=vstack([programme.matrix[above], -programme.matrix[below]]),
        b_ub=np.concatenate([programme.high[above], -programme.low[below]]),
        A_eq=programme.matrix[equal],
        b_eq=programme.low[equal],
        bounds=(0, 1),
        method="highs",
    )
    if solved.status != 0:
        return None
    return solved.x, solved.lower.marginals + solved.upper.marginals, float(solved.fun)


def _integers(
    programme: _Programme, lower: "NDArray[np.float64]", upper: "NDArray[np.float64]"
) -> "NDArray[np.float64] | None":
    """The best whole values between these bounds."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    solved = milp(
        programme.costs,
        integrality=np.ones(len(programme.costs)),
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(programme.matrix, programme.low, programme.high),
        options={"mip_rel_gap": 0.0, "time_limit": _SECONDS},
    )
    return np.rint(solved.x) if solved.x is not None else None


def least_broken(gains: "NDArray[np.float64]", rows: Sequence[Row]) -> "tuple[NDArray[np.bool_] | None, list[Row]]":
    """Where not all rules can be kept: the answer in which the breaches cost least, and the rows it breaks."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import diags_array, hstack  # noqa: PLC0415

    count, scale = len(gains), float(np.abs(gains).max(initial=0)) or 1.0
    # each row has a variable of its own that fills up what is missing
    filling = diags_array(np.array([-1.0 if row.capped else 1.0 for row in rows]))
    solved = milp(
        np.concatenate([-gains / scale, [row.price for row in rows]]),
        integrality=np.concatenate([np.ones(count), np.zeros(len(rows))]),
        bounds=Bounds(0, np.concatenate([np.ones(count), np.full(len(rows), np.inf)])),
        constraints=LinearConstraint(
            hstack([_matrix(rows, count), filling], format="csr"), [row.low for row in rows], [row.high for row in rows]
        ),
        options={"mip_rel_gap": 0.0, "time_limit": _SECONDS},
    )
    if solved.x is None:
        return None, []
    return solved.x[:count] > 0.5, [row for row, slack in zip(rows, solved.x[count:], strict=True) if slack > _WHOLE]


def _matrix(rows: Sequence[Row], count: int) -> Any:
    """A line for each rule, a column for each variable."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    columns = np.concatenate([row.variables for row in rows]) if rows else np.zeros(0, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum([len(row.variables) for row in rows])]).astype(np.int64)
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), count))
