"""The best of many whose values are known from above, by working out as few of them as can be. Pure.

The threshold algorithm of Fagin, Lotem & Naor (2003): whoever has more than all those not yet looked at can have is
next, so the order is exact although most values are never worked out.
"""

import math
from collections.abc import Callable, Iterator
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# So many are worked out at first, then twice as many each time, up to the second number: one short list reads few.
_FEWEST, _MOST = 8, 64
# About so many are put in order at first, for all who ask about them or about some of them, then so many, then all.
_LEVELS = (1_024, 8_192)
# Where a level ends is read from every so many-th value, since to find it exactly takes longer.
_SAMPLED = 16


class Ceilings:
    """What is known of values from above, by place.

    `height` orders the places and leaves out those of 0; `value` says of heights which values the true ones are not
    above, and is asked about few.
    """

    def __init__(
        self,
        height: "NDArray[np.floating]",
        *,
        value: "Callable[[NDArray[np.floating]], NDArray[np.float64]]",
    ):
        self._height, self._value = height, value
        self._known: dict[int, NDArray[np.int64]] = {}

    def of(self, places: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """Values that those of these places are not above."""
        return self._value(self._height[places])

    def levels(self, among: "NDArray[np.bool_] | None") -> "Iterator[NDArray[np.int64]]":
        """All places, or those `among` them, the highest first, in a few parts of growing length."""
        for at in range(len(_LEVELS) + 1):
            if at not in self._known:
                self._known[at] = self._level(at)
            level = self._known[at]
            yield level if among is None else level[among[level]]

    def _level(self, at: int) -> "NDArray[np.int64]":
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        high, low = self._edges[at], self._edges[at + 1]
        places = ((self._height > low) & (self._height <= high) if at else self._height > low).nonzero()[0]
        return places[np.argsort(-self._height[places], kind="stable")]

    @cached_property
    def _edges(self) -> list[float]:
        import numpy as np  # noqa: PLC0415

        sample = np.sort(self._height[::_SAMPLED])
        counts = [max(level // _SAMPLED, 1) for level in _LEVELS]
        return [math.inf, *(float(sample[-count]) if count < len(sample) else 0.0 for count in counts), 0.0]


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
        highest = float(ceilings.of(places[:1])[0])
        while waiting and -waiting[0][0] > highest:
            value, place = heappop(waiting)
            yield place, -value
        for place, value in zip(places.tolist(), exact(places).tolist(), strict=True):
            if value > 0:
                heappush(waiting, (-value, place))
    while waiting:
        value, place = heappop(waiting)
        yield place, -value


def _by_ceiling(ceilings: Ceilings, among: "NDArray[np.bool_] | None") -> "Iterator[NDArray[np.int64]]":
    """Places by their ceilings, the highest first, a few at once."""
    size = _FEWEST
    for level in ceilings.levels(among):
        begin = 0
        while begin < len(level):
            yield level[begin : begin + size]
            begin, size = begin + size, min(2 * size, _MOST)
