"""Whether judges tie the entries together: without common judges no two entries can be compared. Pure."""

from collections.abc import Iterable

Pair = tuple[int, int]


def parts(pairs: Iterable[Pair]) -> list[frozenset[int]]:
    """The entries that are tied together, directly or by way of others, the largest part first.

    `pairs` are the readings as (entry, judge). One part means that every entry can be held against every other.
    """
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def top(node: tuple[str, int]) -> tuple[str, int]:
        while above.setdefault(node, node) != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for entry, judge in sorted(pairs):
        above[top(("entry", entry))] = top(("judge", judge))
    found: dict[tuple[str, int], set[int]] = {}
    for node in list(above):
        if node[0] == "entry":
            found.setdefault(top(node), set()).add(node[1])
    return sorted(map(frozenset, found.values()), key=lambda part: (-len(part), min(part)))
