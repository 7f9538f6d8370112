"""Assignment as a flow from entries to judges: the greatest total, and the greatest worst pair. Pure.

Every entry sends its reviews to different judges, who pass them on up to their load. The optimum of such a flow is
integral (Charlin & Zemel 2013, "The Toronto Paper Matching System"). Raising the worst pair first: Garg, Kavitha,
Kumar, Mehlhorn & Mestre 2010, "Assigning papers to referees"; Stelmakh, Shah & Singh, JMLR 22 (2021), PeerReview4All.
"""

from typing import TYPE_CHECKING

from marketplace.judging.assignment.question import Pair, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Affinities become whole costs, one part in a hundred million of the greatest of them.
_PRECISION = 10**8
# The worst pair is first sought among so many best judges of each entry.
_NEAREST = 60


def fill(question: Question) -> list[Pair]:
    """Rows and columns of the most seats that can be filled: those that serve most minimum loads, then affinity.

    Nodes: 0 the source, then the entries, then the judges, last the sink.
    """
    import numpy as np  # noqa: PLC0415
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    count, sink = len(question.entries), len(question.entries) + len(question.judges) + 1
    rows, columns = np.nonzero(question.allowed)
    costs = -np.rint(question.gains[rows, columns] * (_PRECISION / (np.abs(question.gains).max(initial=0) or 1)))
    # A seat below the minimum load is worth more than all affinities together.
    first_seats = -(_PRECISION * 2 * (question.seats + 1))
    flow = SimpleMinCostFlow()
    for row, reviews in enumerate(question.reviews.tolist()):
        flow.add_arc_with_capacity_and_unit_cost(0, row + 1, reviews, 0)
    for column, (least, most) in enumerate(zip(question.least.tolist(), question.most.tolist(), strict=True)):
        judge, first = count + column + 1, min(least, most)
        flow.add_arc_with_capacity_and_unit_cost(judge, sink, first, first_seats)
        flow.add_arc_with_capacity_and_unit_cost(judge, sink, most - first, 0)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        rows + 1, columns + count + 1, np.ones(len(rows), dtype=np.int64), costs.astype(np.int64)
    )
    flow.set_node_supply(0, question.seats)
    flow.set_node_supply(sink, -question.seats)
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        raise RuntimeError("the flow was not solved")  # a fault of the solver, not of the question
    used = flow.flows(arcs) > 0
    return list(zip(rows[used].tolist(), columns[used].tolist(), strict=True))


def greatest_floor(question: Question) -> float | None:
    """The greatest affinity that every pair of some full assignment reaches; None where no assignment is full.

    Found by halving, first among each entry's nearest judges, then, from there, among all.
    """
    import numpy as np  # noqa: PLC0415

    gains = np.where(question.allowed, question.gains, -np.inf)
    most = int(question.reviews.max(initial=0))
    if not most or most > gains.shape[1]:
        return None if most else 0.0
    ordered = -np.sort(-gains, axis=1)
    highest = float(ordered[np.arange(len(gains)), np.maximum(question.reviews - 1, 0)][question.reviews > 0].min())
    if not np.isfinite(highest):
        return None
    levels = np.unique(gains[np.isfinite(gains) & (gains <= highest)])
    nearest = gains >= ordered[:, [min(_NEAREST, gains.shape[1]) - 1]]
    low = _highest(question, levels, gains=np.where(nearest, gains, -np.inf), low=-1, step=len(levels))
    return _level(levels, _highest(question, levels, gains=gains, low=low, step=1))


def _level(levels: "NDArray[np.float64]", at: int) -> float | None:
    return float(levels[at]) if at >= 0 else None


def _highest(
    question: Question, levels: "NDArray[np.float64]", *, gains: "NDArray[np.float64]", low: int, step: int
) -> int:
    """The place of the last level that can be kept, from `low` (known to be kept, -1 for none) up in steps that
    double, then by halving."""
    high = len(levels)
    while low + step < high:
        if not _can_fill(question, gains >= levels[low + step]):
            high = low + step
            break
        low, step = low + step, step * 2
    while high - low > 1:
        middle = (low + high) // 2
        if _can_fill(question, gains >= levels[middle]):
            low = middle
        else:
            high = middle
    return low


def _can_fill(question: Question, usable: "NDArray[np.bool_]") -> bool:
    """Whether all seats and all minimum loads can be served by the usable pairs.

    The seats above all minimum loads leave through one common arc, so that a full flow serves every minimum.
    """
    import numpy as np  # noqa: PLC0415
    from ortools.graph.python.max_flow import SimpleMaxFlow  # noqa: PLC0415

    if (usable.sum(axis=1) < question.reviews).any():
        return False
    count, judges = len(question.entries), len(question.judges)
    rest, sink = count + judges + 1, count + judges + 2
    rows, columns = np.nonzero(usable)
    first = np.minimum(question.least, question.most)
    nodes = np.arange(count + 1, count + judges + 1)
    flow = SimpleMaxFlow()
    flow.add_arcs_with_capacity(np.zeros(count, dtype=np.int64), np.arange(1, count + 1), question.reviews)
    flow.add_arcs_with_capacity(rows + 1, columns + count + 1, np.ones(len(rows), dtype=np.int64))
    flow.add_arcs_with_capacity(nodes, np.full(judges, sink), first)
    flow.add_arcs_with_capacity(nodes, np.full(judges, rest), question.most - first)
    flow.add_arc_with_capacity(rest, sink, max(0, question.seats - int(first.sum())))
    flow.solve(0, sink)
    return bool(flow.optimal_flow() == question.seats)
