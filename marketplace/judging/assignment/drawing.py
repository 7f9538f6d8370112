"""Assignment by lot: no pair is likelier than a cap, and a seed that was committed to says how the lot fell. Pure.

Jecmen, Zhang, Liu, Shah, Conitzer & Fang 2020, "Mitigating manipulation in peer review via randomized reviewer
assignments" (arXiv 2006.16437): the fractional assignment of greatest expected affinity in which no pair is above the
cap, then one assignment drawn so that every pair has its share as probability. All is counted in whole hundredths and
the lot is SHA-256, so that everybody draws the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from marketplace.judging.assignment.demands import Demand
from marketplace.judging.assignment.programme import Answer
from marketplace.judging.assignment.question import Pair, Question
from marketplace.judging.assignment.rounding import round_flow
from marketplace.judging.assignment.shortage import Assignment, Infeasible, Shortage
from marketplace.judging.assignment.solving import assign, checked

WHOLE = 100
_PRECISION = 10**6


def draw(question: Question, *, cap: int, seed: str, demands: Sequence[Demand] = ()) -> Assignment:
    """One assignment by lot, in which no pair had a chance above `cap` in a hundred.

    A demand for a least number is kept, one for a most number where its judges all lie within another's or apart from
    it. Raises Infeasible where no assignment keeps the rules, or none with this cap.
    """
    arcs = _arcs(question, cap, demands)
    shares = _shares(question, arcs)
    if shares is None:
        # where the rules alone leave no assignment, that is the cause
        raise Infeasible(Shortage(capped=cap), assign(question, demands=[each for each in demands if each.least]))
    flows = round_flow([(arc.tail, arc.head) for arc in arcs], shares, lots=lots(seed), whole=WHOLE)
    return checked(question, Answer([arc.pair for arc, flow in zip(arcs, flows, strict=True) if arc.pair and flow], []))


def lots(seed: str) -> Iterator[int]:
    """Numbers below 2 ** 64 that follow from the seed: the first eight bytes of the SHA-256 of "seed number"."""
    number = 0
    while True:
        yield int.from_bytes(sha256(f"{seed} {number}".encode()).digest()[:8])
        number += 1


@dataclass(frozen=True)
class _Arc:
    """What may flow, in hundredths, and what a hundredth is worth. pair: row and column, where it leads to a judge."""

    tail: int
    head: int
    least: int
    most: int
    gain: float = 0.0
    pair: Pair | None = None


def _arcs(question: Question, cap: int, demands: Sequence[Demand]) -> list[_Arc]:
    """From entries, through the groups that demands make of their judges, to judges, and on to the sink.

    Nodes: the rows, then the columns, then the sink, then the groups.
    """
    rows, columns = question.gains.shape
    sink, found = rows + columns, list[_Arc]()
    free = sink + 1
    for row in range(rows):
        groups = _nested(question, row, demands)
        # the smallest group last, so that it is the one that remains
        parent = dict.fromkeys(question.allowed[row].nonzero()[0].tolist(), row)
        for members, least, most in groups:
            found.append(_Arc(parent[min(members)], free, least * WHOLE, most * WHOLE))
            parent |= dict.fromkeys(members, free)
            free += 1
        found += [
            _Arc(node, rows + column, 0, min(cap, WHOLE), float(question.gains[row, column]), (row, column))
            for column, node in parent.items()
            if question.reviews[row]
        ]
    loads = zip(question.least.tolist(), question.most.tolist(), strict=True)
    return found + [_Arc(rows + at, sink, min(own) * WHOLE, own[1] * WHOLE) for at, own in enumerate(loads)]


def _nested(question: Question, row: int, demands: Sequence[Demand]) -> list[tuple[frozenset[int], int, int]]:
    """The columns, least and most of the demands on a row whose judges lie within one another or apart, large first."""
    entry, wanted = question.entries[row], int(question.reviews[row])
    allowed = question.allowed[row].nonzero()[0].tolist()
    found: list[tuple[frozenset[int], int, int]] = []
    for demand in sorted(demands, key=lambda each: (not each.least, -len(each.judges))):
        members = frozenset(column for column in allowed if question.judges[column] in demand.judges)
        if not wanted or not members or (demand.entries is not None and entry not in demand.entries):
            continue
        if all(members <= other or other <= members or not members & other for other, _, _ in found):
            most = wanted if demand.most is None else min(demand.most, wanted)
            found.append((members, demand.least, most))
    return sorted(found, key=lambda each: -len(each[0]))


def _shares(question: Question, arcs: Sequence[_Arc]) -> list[int] | None:
    """The hundredths of every arc in the flow of greatest gain; None where the network cannot take all."""
    import numpy as np  # noqa: PLC0415
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    rows, sink = len(question.entries), sum(question.gains.shape)
    source = max((arc.head for arc in arcs), default=sink) + 1
    scale = _PRECISION / (float(np.abs(question.gains).max(initial=0)) or 1.0)
    # what must flow is worth more than all affinities together
    needed = -(_PRECISION * 4 * (question.seats + 1))
    flow = SimpleMinCostFlow()
    first = [flow.add_arc_with_capacity_and_unit_cost(arc.tail, arc.head, arc.least, needed) for arc in arcs]
    rest = [
        flow.add_arc_with_capacity_and_unit_cost(
            arc.tail, arc.head, max(0, arc.most - arc.least), -round(arc.gain * scale)
        )
        for arc in arcs
    ]
    for row in range(rows):
        flow.add_arc_with_capacity_and_unit_cost(source, row, int(question.reviews[row]) * WHOLE, 0)
    flow.set_node_supply(source, question.seats * WHOLE)
    flow.set_node_supply(sink, -question.seats * WHOLE)
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        raise RuntimeError("the flow was not solved")  # a fault of the solver, not of the question
    if flow.maximum_flow() < question.seats * WHOLE:
        return None
    must = [flow.flow(at) for at in first]
    if any(got < arc.least for got, arc in zip(must, arcs, strict=True)):
        return None
    return [got + flow.flow(at) for got, at in zip(must, rest, strict=True)]
