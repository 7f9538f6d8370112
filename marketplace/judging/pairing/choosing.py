"""Which two entries a judge compares next. Pure, and from this judge's own words only: nothing of others shows.

First what ties the list together, then what was compared least, then what lies closest.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from marketplace.judging.ranking.connection import parts
from marketplace.judging.ranking.pairwise import bradley_terry

Pair = tuple[int, int]
# How often each entry is met by others of the list, where there are so many.
_MEETINGS = 4


def needed(count: int) -> int:
    """After how many comparisons a judge of so many entries may stop: each is met four times, or all pairs are made."""
    return min(count * (count - 1) // 2, count * _MEETINGS // 2)


def is_tied(entries: Collection[int], made: Collection[Pair]) -> bool:
    """Whether every entry can be held against every other by way of these pairs."""
    return len(_parts(entries, made)) <= 1


def next_pair(entries: Sequence[int], made: Mapping[Pair, Sequence[Pair]]) -> Pair | None:
    """The next pair (smaller id first), None where all are made.

    `entries` in the judge's own order, which decides between equals; `made` has for each pair who won over whom.
    """
    place = {entry: number for number, entry in enumerate(entries)}
    left = [pair for pair in combinations(sorted(entries), 2) if pair not in made]
    part_of = {entry: number for number, part in enumerate(_parts(entries, made)) for entry in part}
    met = Counter(entry for pair in made for entry in pair)
    merit = bradley_terry(win for wins in made.values() for win in wins)

    def key(pair: Pair) -> tuple[bool, int, float, list[int]]:
        one, other = pair
        apart = abs(merit.get(one, 0.0) - merit.get(other, 0.0))
        return (
            part_of[one] == part_of[other],
            met[one] + met[other],
            round(apart, 6),
            sorted([place[one], place[other]]),
        )

    return min(left, key=key, default=None)


def _parts(entries: Collection[int], made: Collection[Pair]) -> list[frozenset[int]]:
    alone = [(entry, -number) for number, entry in enumerate(sorted(entries), 1)]
    met = [(entry, number) for number, pair in enumerate(sorted(made)) for entry in pair]
    return parts([*alone, *met])
