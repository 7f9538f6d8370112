"""How sure a place is: draws from what is left open about merit. Pure, and the same for the same readings."""

import math
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marketplace.judging.ranking.mixed_model import Fit
from marketplace.judging.ranking.readings import Floats, Ints

Draws = NDArray[np.float32]

DRAWS = 2000
SEED = 20_260_101
# The variances are estimates too, and draws that take them for known lie too close together (Kackar & Harville 1984).
# So much wider, stated chances and intervals were right on the juries of seeds 0 to 149 of benchmarks/ranking.py.
WIDER = 1.05
# A 90 % interval leaves this much out at each end.
TAIL = 0.05
# Entries are told apart where one is better than the other in this share of the draws.
SURE = 0.9


@dataclass(frozen=True)
class Places:
    """By entry: the expected place (Lingsma et al. 2010), a 90 % interval of places, and the chance to be in the cut.

    order: the entries from the best expected place to the worst. groups: the first and last of each run of this order
    (from 0) whose members cannot all be told apart.
    """

    expected: Floats
    low: Ints
    high: Ints
    chance: Floats
    order: Ints
    groups: tuple[tuple[int, int], ...]

    def run_of(self, place: int) -> int:
        """Which of the runs holds this place of the order, from 1."""
        return bisect_left([last for _, last in self.groups], place - 1)


def draws(found: Fit, *, count: int = DRAWS) -> Draws:
    """`count` joint draws of the merit of all entries, in points against the mean; one row an entry."""
    random = np.random.default_rng(SEED)
    through = -found.shrink[:, None] * found.coupling
    middle = found.deviation
    if categories := found.design.categories:
        through[np.arange(len(through)), 1 + found.design.category] += 1
        middle = middle + found.effects[1 : 1 + categories][found.design.category]
    deviation = WIDER * np.sqrt(found.noise)
    spread = deviation * (through @ np.linalg.cholesky(found.inverse))
    # single precision tells two entries apart at the seventh digit, and takes half the time
    drawn = spread.astype(np.float32) @ random.standard_normal((spread.shape[1], count), dtype=np.float32)
    own = random.standard_normal((len(spread), count), dtype=np.float32)
    own *= (deviation * np.sqrt(found.shrink)).astype(np.float32)[:, None]
    drawn += own
    drawn += middle.astype(np.float32)[:, None]
    return drawn


def places(drawn: Draws, *, cut: int) -> Places:
    """What these draws (a row an entry) say of the place of every entry and of being among the best `cut`."""
    entries, count = drawn.shape
    order = _orders(drawn)
    # how often each entry stood in each place: a row a place
    held = np.bincount((order + entries * np.arange(entries)).ravel(), minlength=entries**2)
    reached = held.reshape(entries, entries).cumsum(axis=0)
    expected = 1 + (count - reached[:-1]).sum(axis=0) / count
    low, high = ((reached >= math.ceil(share * count)).argmax(axis=0) + 1 for share in (TAIL, 1 - TAIL))
    best = np.argsort(expected, kind="stable")
    return Places(
        expected=expected,
        low=low.astype(np.int64),
        high=high.astype(np.int64),
        chance=reached[min(cut, entries) - 1] / count if cut > 0 else np.zeros(entries),
        order=best,
        groups=_groups(drawn[best]),
    )


def _orders(drawn: Draws) -> Ints:
    """By draw the entries from the best to the worst; equals as they stand.

    Value and entry go into one whole number each, since numbers are sorted far quicker than places are.
    """
    bits = np.ascontiguousarray(drawn.T, dtype=np.float32).view(np.int32)
    # the bits of a float ascend with it once those of negative ones are turned
    ascending = (bits ^ ((bits >> 31) & 0x7FFF_FFFF)).astype(np.int64)
    keys = (~ascending << 32) | np.arange(drawn.shape[0], dtype=np.int64)
    keys.sort(axis=1)
    return keys & 0xFFFF_FFFF


def _groups(drawn: Draws) -> tuple[tuple[int, int], ...]:
    """Runs of rows, each as long as its first is not surely better than its last."""
    found, first, enough = [], 0, SURE * drawn.shape[1]
    for at in range(1, len(drawn) + 1):
        if at == len(drawn) or np.count_nonzero(drawn[first] > drawn[at]) >= enough:
            found.append((first, at - 1))
            first = at
    return tuple(found)
