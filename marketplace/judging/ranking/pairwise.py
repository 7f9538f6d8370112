"""Merit from comparisons of two entries at a time: Bradley and Terry's model. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from marketplace.judging.ranking.official import Ranked

Comparison = tuple[int, int]

_ROUNDS, _CLOSE = 2000, 1e-10
# Estimates end within 1e-10; what differs in this digit differs in merit, whatever machine counted.
_TELLING = Decimal("1e-8")


def preference(merit: float) -> Decimal:
    """The chance that an entry of this merit is preferred to one of average merit, 0 to 1, with eight decimals."""
    return Decimal(1 / (1 + math.exp(-merit))).quantize(_TELLING)


def rank_by_comparisons(
    entries: Iterable[int], said: Mapping[int, Sequence[Comparison]], *, quorum: int = 1
) -> list[Ranked]:
    """Every entry by what judges said of pairs, `said` by judge as (better, worse), the best first.

    mean: how often of 100 the entry would be preferred to an average one. readings: how many judges compared it; below
    the quorum it has no place. Entries that share a place are listed by their id.
    """
    merit = bradley_terry(pair for pairs in said.values() for pair in pairs)
    readings = {entry: sum(any(entry in pair for pair in pairs) for pairs in said.values()) for entry in entries}
    means = {entry: 100 * preference(merit[entry]) for entry in readings if entry in merit}
    deciding = {entry: mean for entry, mean in means.items() if readings[entry] >= quorum}
    place_of = {mean: place for place, mean in reversed([*enumerate(sorted(deciding.values(), reverse=True), 1)])}
    found = [
        Ranked(entry, means.get(entry), place_of.get(deciding.get(entry, Decimal(-1))), readings[entry], None)
        for entry in readings
    ]
    return sorted(found, key=lambda each: (each.place is None, each.place or 0, each.entry_id))


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
