"""The answer to an assignment, and where there is none, why. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.errors import Unhappened
from marketplace.judging.assignment.demands import Demand
from marketplace.judging.assignment.question import Pair, Question


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
    unkept: entries and the demand on their readers that cannot be met with all the others.
    capped: the cap on the chance of a pair, in a hundred, where only it stands in the way.
    """

    unfilled: int = 0
    capacity_missing: int = 0
    lacking: tuple[Pair, ...] = ()
    contested_entries: tuple[int, ...] = ()
    contested_judges: tuple[int, ...] = ()
    idle_judges: tuple[int, ...] = ()
    unkept: tuple[tuple[int, Demand], ...] = ()
    capped: int = 0


class Infeasible(Unhappened):
    """No assignment keeps all the rules: `cause` says which and where, `attempt` fills what can be filled."""

    status = 422

    def __init__(self, cause: Shortage, attempt: Assignment):
        super().__init__(str(cause))
        self.cause = cause
        self.attempt = attempt


def shortage(question: Question, seats: Sequence[Pair], *, unkept: Sequence[tuple[int, Demand]] = ()) -> Shortage:
    """What the best attempt (rows and columns) leaves undone, and why; equal to Shortage() where nothing."""
    taken = Counter(column for _, column in seats)
    unfilled = question.seats - len(seats)
    free = question.allowed[:, question.most > 0].sum(axis=1).tolist()
    wanted = question.reviews.tolist()
    rows, columns = _contest(question, seats) if unfilled else ([], [])
    lacking = [(row, had) for row, had in enumerate(free) if had < wanted[row]]
    return Shortage(
        unfilled=unfilled,
        capacity_missing=max(0, question.seats - int(question.most.sum())),
        lacking=tuple((question.entries[row], had) for row, had in lacking),
        contested_entries=tuple(question.entries[row] for row in rows),
        contested_judges=tuple(question.judges[column] for column in columns),
        idle_judges=tuple(
            judge for column, judge in enumerate(question.judges) if taken[column] < question.least[column]
        ),
        unkept=tuple(unkept),
    )


def _contest(question: Question, seats: Sequence[Pair]) -> tuple[list[int], list[int]]:
    """The rows that want more seats, all that could give way to them, and the full columns among them.

    Where no column reached has a free seat, or it would have been filled, this is the minimum cut.
    """
    held = set(seats)
    readers = Counter(row for row, _ in seats)
    rows = {row for row, wanted in enumerate(question.reviews.tolist()) if readers[row] < wanted}
    columns: set[int] = set()
    frontier = set(rows)
    while frontier:
        reached = {
            column
            for row in frontier
            for column in question.allowed[row].nonzero()[0].tolist()
            if (row, column) not in held
        } - columns
        columns |= reached
        frontier = {row for row, column in held if column in reached} - rows
        rows |= frontier
    return (sorted(rows), sorted(columns)) if columns else ([], [])
