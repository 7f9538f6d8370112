"""Merit from comparisons of two entries at a time: Bradley and Terry's model. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable

Comparison = tuple[int, int]

_ROUNDS, _CLOSE = 2000, 1e-10


def bradley_terry(comparisons: Iterable[Comparison]) -> dict[int, float]:
    """The logarithm of each entry's strength, mean 0, from pairs of (better, worse); an equal pair is given both ways.

    Bradley & Terry 1952; by the minorisation of Hunter 2004 (Annals of Statistics 32, section 2). Every entry also wins
    and loses half a comparison against one of average strength, so that no entry becomes infinitely good and parts
    that were never compared stay comparable by the average.
    """
    won: defaultdict[int, float] = defaultdict(float)
    met: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for better, worse in sorted(comparisons):
        won[better] += 1.0
        met[better][worse] += 1
        met[worse][better] += 1
    strength = dict.fromkeys(sorted(met), 1.0)
    for _ in range(_ROUNDS):
        stronger = {
            entry: (won[entry] + 0.5)
            / (1 / (mine + 1.0) + sum(n / (mine + strength[o]) for o, n in met[entry].items()))
            for entry, mine in strength.items()
        }
        moved = max((abs(math.log(stronger[entry] / strength[entry])) for entry in strength), default=0.0)
        strength = stronger
        if moved < _CLOSE:
            break
    logs = {entry: math.log(value) for entry, value in strength.items()}
    middle = math.fsum(logs.values()) / len(logs) if logs else 0.0
    return {entry: value - middle for entry, value in logs.items()}
