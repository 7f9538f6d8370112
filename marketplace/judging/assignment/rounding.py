"""A flow of hundredths made whole by lot, each arc with its hundredths as probability. Pure.

Dependent rounding (Gandhi, Khuller, Parthasarathy & Srinivasan 2006, J. ACM 53:324-360) on the cycles of a network:
where one arc at a node is broken another one is too, so broken arcs lie on cycles; along a cycle as much is added as
taken away, until an arc is whole, and which way is a lot whose odds keep every arc's mean.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

# tail and head
Ends = tuple[int, int]
_LOTS = 64


def round_flow(ends: Sequence[Ends], flows: Sequence[int], *, lots: Iterator[int], whole: int) -> list[int]:
    """The flow of every arc as a multiple of `whole`, the one below or above it; nodes pass on what they get.

    What enters or leaves the network at a node must be whole. `lots` are numbers below 2 ** 64.
    """
    network = _Network(ends, list(flows), whole)
    for start in list(network.broken):
        network.mend(start, lots)
    return network.flows


class _Network:
    """The arcs, what flows through each, and by node those that are broken, in the order of the arcs."""

    def __init__(self, ends: Sequence[Ends], flows: list[int], whole: int):
        self.ends, self.flows, self.whole = ends, flows, whole
        self.broken: dict[int, dict[int, None]] = defaultdict(dict)
        for arc, flow in enumerate(flows):
            if flow % whole:
                for node in ends[arc]:
                    self.broken[node][arc] = None

    def mend(self, start: int, lots: Iterator[int]) -> None:
        """Walk along broken arcs, and shift along each cycle that closes, until none is left at `start`."""
        nodes, arcs, place = [start], list[int](), {start: 0}
        while arcs or self.broken[start]:
            last = arcs[-1] if arcs else None
            arc = next(each for each in self.broken[nodes[-1]] if each != last)
            tail, head = self.ends[arc]
            node = head if tail == nodes[-1] else tail
            arcs.append(arc)
            if node not in place:
                place[node] = len(nodes)
                nodes.append(node)
                continue
            begin = place[node]
            self._shift(nodes[begin:], arcs[begin:], lots)
            for gone in nodes[begin + 1 :]:
                del place[gone]
            del nodes[begin + 1 :], arcs[begin:]

    def _shift(self, nodes: Sequence[int], arcs: Sequence[int], lots: Iterator[int]) -> None:
        """Along the cycle, arcs that point with it gain what the others lose, or the other way round."""
        signs = [1 if self.ends[arc][0] == node else -1 for node, arc in zip(nodes, arcs, strict=True)]
        over = [self.flows[arc] % self.whole for arc in arcs]
        under = [self.whole - each for each in over]
        ahead = min(room if sign > 0 else back for sign, room, back in zip(signs, under, over, strict=True))
        behind = min(back if sign > 0 else room for sign, room, back in zip(signs, under, over, strict=True))
        step = ahead if next(lots) * (ahead + behind) >> _LOTS < behind else -behind
        for sign, arc in zip(signs, arcs, strict=True):
            self.flows[arc] += sign * step
            if not self.flows[arc] % self.whole:
                for node in self.ends[arc]:
                    del self.broken[node][arc]
