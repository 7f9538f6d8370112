"""Which judge reads which entry: the assignment of the greatest total affinity, exact. Pure.

A minimum-cost flow: every entry sends `reviews_per_entry` units to different judges, who pass them on up to
their load. Its optimum is integral (Charlin & Zemel 2013, "The Toronto Paper Matching System").
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.errors import Unhappened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[int, int]

# Affinities become whole costs, one part in a hundred million of the greatest of them.
_PRECISION = 10**8


@dataclass(frozen=True)
class Assignment:
    """Pairs of entry and judge in ascending order, and the sum of their affinities."""

    pairs: tuple[Pair, ...]
    total: float


@dataclass(frozen=True)
class Shortage:
    """Why no assignment keeps all the rules; what does not apply is 0 or empty.

    unfilled: the seats that stay empty in the best attempt.
    capacity_missing: the seats by which all loads together fall short of all seats.
    lacking: entries with fewer judges free of conflict than reviews, each with the number of those it has.
    contested_entries, contested_judges: these entries compete for these judges, whose loads do not suffice.
    idle_judges: judges who cannot be brought to the minimum load.
    """

    unfilled: int = 0
    capacity_missing: int = 0
    lacking: tuple[Pair, ...] = ()
    contested_entries: tuple[int, ...] = ()
    contested_judges: tuple[int, ...] = ()
    idle_judges: tuple[int, ...] = ()


class Infeasible(Unhappened):
    """No assignment keeps all the rules: `cause` says which and where, `attempt` fills what can be filled."""

    status = 422

    def __init__(self, cause: Shortage, attempt: Assignment):
        super().__init__(str(cause))
        self.cause = cause
        self.attempt = attempt


@dataclass(frozen=True)
class _Task:
    """The same question in rows (entries) and columns (judges)."""

    entries: list[int]
    judges: list[int]
    loads: list[int]
    gains: "NDArray[np.float64]"
    allowed: "NDArray[np.bool_]"


def assign(
    affinity: Mapping[Pair, float],
    *,
    reviews_per_entry: int,
    max_load: Mapping[int, int] | int,
    conflicts: Collection[Pair],
    min_load: int = 0,
) -> Assignment:
    """Give each entry `reviews_per_entry` different judges with the greatest possible sum of affinities.

    `affinity` is by (entry, judge). All entries stand in it; the judges are those in it and in `max_load`.
    A pair it leaves out counts 0 and is allowed; a pair in `conflicts` is never assigned. Equal questions
    get equal answers, in whatever order they are written.

    Raises Infeasible where the rules cannot all be kept, ValueError for numbers that mean nothing.
    """
    task = _read(affinity, max_load, conflicts)
    if min(reviews_per_entry, min_load, *task.loads, 0) < 0 or not all(map(math.isfinite, affinity.values())):
        raise ValueError("reviews and loads are not negative, affinities are finite")
    seats = _fill(task, reviews_per_entry, min_load)
    pairs = tuple(sorted((task.entries[row], task.judges[column]) for row, column in seats))
    assignment = Assignment(pairs, math.fsum(affinity.get(pair, 0.0) for pair in pairs))
    cause = _shortage(task, seats, reviews_per_entry, min_load)
    if cause != Shortage():
        raise Infeasible(cause, assignment)
    return assignment


def _read(affinity: Mapping[Pair, float], max_load: Mapping[int, int] | int, conflicts: Collection[Pair]) -> _Task:
    # numpy and OR-tools cost 0.3 s and 60 MB; only the process that assigns pays for them.
    import numpy as np  # noqa: PLC0415

    known = max_load if isinstance(max_load, Mapping) else {}
    entries = sorted({entry for entry, _ in affinity})
    judges = sorted({judge for _, judge in affinity} | known.keys())
    row_of = {entry: row for row, entry in enumerate(entries)}
    column_of = {judge: column for column, judge in enumerate(judges)}
    gains = np.zeros((len(entries), len(judges)))
    for (entry, judge), gain in affinity.items():
        gains[row_of[entry], column_of[judge]] = gain
    allowed = np.ones(gains.shape, dtype=bool)
    for entry, judge in conflicts:
        if entry in row_of and judge in column_of:
            allowed[row_of[entry], column_of[judge]] = False
    loads = [known.get(judge, 0) if isinstance(max_load, Mapping) else max_load for judge in judges]
    return _Task(entries, judges, loads, gains, allowed)


def _fill(task: _Task, reviews: int, min_load: int) -> list[Pair]:
    """Rows and columns of the most seats that can be filled: those that serve most minimum loads, then affinity.

    Nodes: 0 the source, then the entries, then the judges, last the sink.
    """
    import numpy as np  # noqa: PLC0415
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    count, sink = len(task.entries), len(task.entries) + len(task.judges) + 1
    rows, columns = np.nonzero(task.allowed)
    costs = -np.rint(task.gains[rows, columns] * (_PRECISION / (np.abs(task.gains).max(initial=0) or 1)))
    # A seat below the minimum load is worth more than all affinities together.
    first_seats = -(_PRECISION * 2 * (count * reviews + 1))
    flow = SimpleMinCostFlow()
    for row in range(count):
        flow.add_arc_with_capacity_and_unit_cost(0, row + 1, reviews, 0)
    for column, load in enumerate(task.loads):
        judge, least = count + column + 1, min(min_load, load)
        flow.add_arc_with_capacity_and_unit_cost(judge, sink, least, first_seats)
        flow.add_arc_with_capacity_and_unit_cost(judge, sink, load - least, 0)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        rows + 1, columns + count + 1, np.ones(len(rows), dtype=np.int64), costs.astype(np.int64)
    )
    flow.set_node_supply(0, count * reviews)
    flow.set_node_supply(sink, -count * reviews)
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        raise RuntimeError("the flow was not solved")  # a fault of the solver, not of the question
    used = flow.flows(arcs) > 0
    return list(zip(rows[used].tolist(), columns[used].tolist(), strict=True))


def _shortage(task: _Task, seats: list[Pair], reviews: int, min_load: int) -> Shortage:
    """What the best attempt leaves undone, and why; equal to Shortage() where it leaves nothing."""
    taken = Counter(column for _, column in seats)
    unfilled = len(task.entries) * reviews - len(seats)
    free = task.allowed[:, [load > 0 for load in task.loads]].sum(axis=1).tolist()
    rows, columns = _contest(task, seats, reviews) if unfilled else ([], [])
    return Shortage(
        unfilled=unfilled,
        capacity_missing=max(0, len(task.entries) * reviews - sum(task.loads)),
        lacking=tuple((entry, had) for entry, had in zip(task.entries, free, strict=True) if had < reviews),
        contested_entries=tuple(task.entries[row] for row in rows),
        contested_judges=tuple(task.judges[column] for column in columns),
        idle_judges=tuple(judge for column, judge in enumerate(task.judges) if taken[column] < min_load),
    )


def _contest(task: _Task, seats: list[Pair], reviews: int) -> tuple[list[int], list[int]]:
    """The rows that want more seats, all that could give way to them, and the full columns among them.

    No column reached has a free seat, or it would have been filled: this is the minimum cut.
    """
    held = set(seats)
    readers = Counter(row for row, _ in seats)
    rows = {row for row in range(len(task.entries)) if readers[row] < reviews}
    columns: set[int] = set()
    frontier = set(rows)
    while frontier:
        reached = {
            column
            for row in frontier
            for column in range(len(task.judges))
            if task.allowed[row, column] and (row, column) not in held
        } - columns
        columns |= reached
        frontier = {row for row, column in held if column in reached} - rows
        rows |= frontier
    return (sorted(rows), sorted(columns)) if columns else ([], [])
