"""Places among entries of equal mean, by the declared ladder. Pure; no order of entries shows in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from marketplace.judging.stages import Tiebreak


@dataclass(frozen=True)
class Facts:
    """What a ladder may ask of an entry.

    criteria: the mean share of the points reached on each criterion (0 to 1, 0 where nobody gave points), the one with
    the greatest weight first. totals: of its judges, 0 to 100. lot: text that draws its lot.
    """

    criteria: tuple[Fraction, ...]
    totals: tuple[Decimal, ...]
    received_at: datetime
    lot: str


@dataclass(frozen=True)
class Settled:
    """The place after the ladder, and the step that parted the entry from its nearest equal; None where none did."""

    place: int
    by: Tiebreak | None = None


_KEYS: dict[Tiebreak, Callable[[Facts], Any]] = {
    Tiebreak.CRITERIA: lambda facts: tuple(-share for share in facts.criteria),
    Tiebreak.LOWEST: lambda facts: -min(facts.totals, default=Decimal(0)),
    Tiebreak.SPREAD: lambda facts: max(facts.totals, default=Decimal(0)) - min(facts.totals, default=Decimal(0)),
    Tiebreak.EARLIER: lambda facts: facts.received_at,
    Tiebreak.LOT: lambda facts: sha256(facts.lot.encode()).hexdigest(),
}


def settle(places: Mapping[int, int], facts: Mapping[int, Facts], ladder: Sequence[str]) -> dict[int, Settled]:
    """New places by entry: equal ones are parted by the first step of `ladder` that differs, the rest still share."""
    groups: dict[int, list[int]] = defaultdict(list)
    for entry, place in places.items():
        groups[place].append(entry)
    steps = [Tiebreak(step) for step in ladder]
    return {
        entry: settled
        for place, entries in groups.items()
        for entry, settled in _part(place, entries, facts=facts, steps=steps)
    }


def _part(
    place: int, entries: Sequence[int], *, facts: Mapping[int, Facts], steps: Sequence[Tiebreak]
) -> Iterable[tuple[int, Settled]]:
    keys = {entry: tuple(_KEYS[step](facts[entry]) for step in steps) for entry in entries}
    for entry in entries:
        better = sum(keys[other] < keys[entry] for other in entries)
        differing = [_step(keys[entry], keys[other], steps) for other in entries if keys[other] != keys[entry]]
        yield entry, Settled(place + better, max(differing, key=steps.index, default=None))


def _step(one: tuple[Any, ...], other: tuple[Any, ...], steps: Sequence[Tiebreak]) -> Tiebreak:
    return next(step for step, mine, its in zip(steps, one, other, strict=True) if mine != its)
