"""What an entry's readers must be together: of several sides, of different organisations, some from outside. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from marketplace.judging.assignment.question import Pair


@dataclass(frozen=True)
class Demand:
    """At least `least` and at most `most` (None: any number) of these judges on each of these entries (None: all).

    kind is "side", "organisation", "bridge" or "apart"; name says which side, organisation or category.
    """

    kind: str
    name: str
    judges: frozenset[int]
    least: int = 0
    most: int | None = None
    entries: frozenset[int] | None = None


def panel_mix(sides: Mapping[int, str], *, needed: Iterable[str]) -> list[Demand]:
    """Each of these sides has a voice on every entry; `sides` says on which side a judge stands."""
    return [
        Demand("side", side, frozenset(judge for judge, own in sides.items() if own == side), least=1)
        for side in sorted(set(needed))
    ]


def one_per_organisation(organisations: Mapping[int, Collection[int]]) -> list[Demand]:
    """No two judges of one organisation on an entry; `organisations` are those a judge belongs to."""
    people: defaultdict[int, set[int]] = defaultdict(set)
    for judge, belongs in organisations.items():
        for organisation in belongs:
            people[organisation].add(judge)
    return [
        Demand("organisation", str(organisation), frozenset(judges), most=1)
        for organisation, judges in sorted(people.items())
        if len(judges) > 1
    ]


def bridges(entries: Mapping[int, str], judges: Mapping[int, str], *, least: int = 1) -> list[Demand]:
    """At least that many readers from another category than the entry's, so that categories can be compared."""
    return [
        Demand(
            "bridge",
            category,
            frozenset(judge for judge, own in judges.items() if own != category),
            least=least,
            entries=frozenset(entry for entry, own in entries.items() if own == category),
        )
        for category in sorted(set(entries.values()))
    ]


def apart(pairs: Iterable[Pair]) -> list[Demand]:
    """These pairs of judges never read the same entry."""
    return [Demand("apart", "", frozenset(pair), most=1) for pair in sorted(map(sorted_pair, pairs))]


def sorted_pair(pair: Pair) -> Pair:
    """The same two, the smaller first."""
    return (min(pair), max(pair))
