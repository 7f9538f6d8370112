"""The best of many whose values are known from above, by working out as few of them as can be. Pure.

The threshold algorithm of Fagin, Lotem & Naor (2003): whoever has more than all those not yet looked at can have is
next, so the order is exact although most values are never worked out.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# So many are worked out at once: more work than needed costs less than many small steps.
_AT_ONCE = 64
# So many are put in order once, for all who ask about them or about some of them.
_FIRST = 4_096


class Ceilings:
    """By place a value that the true one is not above, and the first places in their order; 0 leaves a place out."""

    def __init__(self, values: "NDArray[np.floating]"):
        self.values = values

    @cached_property
    def first(self) -> "NDArray[np.int64]":
        """The places with the highest values, all those above `edge` and no others, the highest first."""
        return _in_order(self.values, (self.values > self.edge).nonzero()[0])

    @cached_property
    def edge(self) -> float:
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        return float(np.partition(self.values, -_FIRST)[-_FIRST]) if len(self.values) > _FIRST else 0.0


def descending(
    ceilings: Ceilings,
    exact: "Callable[[NDArray[np.int64]], NDArray[np.float64]]",
    among: "NDArray[np.bool_] | None" = None,
) -> Iterator[tuple[int, float]]:
    """Places and values above 0, of all or `among` those, the highest first, equal ones in the order of their places.

    No value that `exact` gives for places may be above its ceiling.
    """
    waiting: list[tuple[float, int]] = []
    for places in _by_ceiling(ceilings, among):
        while waiting and -waiting[0][0] > ceilings.values[places[0]]:
            value, place = heappop(waiting)
            yield place, -value
        for place, value in zip(places.tolist(), exact(places).tolist(), strict=True):
            if value > 0:
                heappush(waiting, (-value, place))
    while waiting:
        value, place = heappop(waiting)
        yield place, -value


def _by_ceiling(ceilings: Ceilings, among: "NDArray[np.bool_] | None") -> "Iterator[NDArray[np.int64]]":
    """Places by their ceilings, the highest first, _AT_ONCE at once."""
    first = ceilings.first if among is None else ceilings.first[among[ceilings.first]]
    yield from _parts(first)
    values = ceilings.values
    rest = (values > 0) & (values <= ceilings.edge)
    places = (rest if among is None else rest & among).nonzero()[0]
    yield from _parts(_in_order(values, places))


def _in_order(values: "NDArray[np.floating]", places: "NDArray[np.int64]") -> "NDArray[np.int64]":
    import numpy as np  # noqa: PLC0415

    return places[np.argsort(-values[places], kind="stable")]


def _parts(places: "NDArray[np.int64]") -> "Iterator[NDArray[np.int64]]":
    return (places[begin : begin + _AT_ONCE] for begin in range(0, len(places), _AT_ONCE))
