"""How sure a place is: draws from what is left open about merit. Pure, and the same for the same readings."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketplace.judging.ranking.mixed_model import Fit
from marketplace.judging.ranking.readings import Floats, Ints

DRAWS = 2000
SEED = 20_260_101
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


def draws(found: Fit, *, count: int = DRAWS) -> Floats:
    """`count` joint draws of the merit of all entries, in points against the mean; one row a draw."""
    random = np.random.default_rng(SEED)
    width = len(found.effects)
    root = np.linalg.cholesky(found.inverse)
    offset = np.sqrt(found.noise) * (root @ random.standard_normal((width, count)))
    own = np.sqrt(found.noise * found.shrink)[:, None] * random.standard_normal((len(found.shrink), count))
    merit = found.deviation[:, None] - found.shrink[:, None] * (found.coupling @ offset) + own
    categories = found.design.categories
    if categories:
        merit += (found.effects[1 : 1 + categories, None] + offset[1 : 1 + categories])[found.design.category]
    return merit.T


def places(drawn: Floats, *, cut: int) -> Places:
    """What these draws (one row each) say of the place of every entry and of being among the best `cut`."""
    ranks = _ranks(drawn)
    expected = ranks.mean(axis=0)
    order = np.argsort(expected, kind="stable")
    ends = [math.ceil(share * len(ranks)) - 1 for share in (TAIL, 1 - TAIL)]
    low, high = np.partition(np.ascontiguousarray(ranks.T), ends, axis=1)[:, ends].T
    return Places(
        expected=expected,
        low=low.astype(np.int64),
        high=high.astype(np.int64),
        chance=(ranks <= cut).mean(axis=0),
        order=order,
        groups=_groups(drawn[:, order]),
    )


def _ranks(drawn: Floats) -> NDArray[np.unsignedinteger[Any]]:
    order = np.argsort(np.ascontiguousarray(-drawn), axis=1)
    # places fit into two bytes up to 65,535 entries; four for more
    small = np.uint16 if drawn.shape[1] < 2**16 else np.uint32
    ranks = np.empty(drawn.shape, dtype=small)
    np.put_along_axis(ranks, order, np.arange(1, drawn.shape[1] + 1, dtype=small)[None, :], axis=1)
    return ranks


def _groups(drawn: Floats) -> tuple[tuple[int, int], ...]:
    """Runs of columns, each as long as its first is not surely better than its last."""
    found, first = [], 0
    for at in range(1, drawn.shape[1] + 1):
        if at == drawn.shape[1] or (drawn[:, first] > drawn[:, at]).mean() >= SURE:
            found.append((first, at - 1))
            first = at
    return tuple(found)
