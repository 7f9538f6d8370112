"""What the chair should know beside the official ranking: how sure each place is, and where one more reading tells.

The adjusted estimate advises; the plain mean decides, and people sign. Pure, and the same for the same totals.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from marketplace.judging.ranking.agreement import Agreement, krippendorff_alpha, reliability
from marketplace.judging.ranking.connection import parts
from marketplace.judging.ranking.estimate import Estimate, estimate
from marketplace.judging.ranking.places import Draws, Places, draws, places
from marketplace.judging.ranking.readings import Pair, Readings, readings

SURELY_IN, SURELY_OUT = 0.9, 0.05
# An entry this open is worth one more reading: a chance from 10 to 90 % to be among the best.
OPEN = 0.09
# Half the width of a 90 % interval of a normal variable, in standard deviations.
NINETY = 1.645
_REMEMBERED = 16


class Zone(enum.StrEnum):
    """Whether an entry is among the best that are sought."""

    IN = "in"
    CLOSE = "close"
    OUT = "out"


@dataclass(frozen=True)
class Advised:
    """An entry as the adjusted estimate sees it.

    merit: in the points of the totals. place: by expected place, from 1, within its part. low, high: the 90 % interval
    of its place. chance: of being among the best sought. run: which group of entries that cannot be told apart.
    """

    entry: int
    merit: float
    place: int
    expected: float
    low: int
    high: int
    chance: float
    run: int

    @property
    def zone(self) -> Zone:
        if self.chance >= SURELY_IN:
            return Zone.IN
        return Zone.OUT if self.chance <= SURELY_OUT else Zone.CLOSE

    @property
    def open(self) -> float:
        """How much one more reading would tell: p (1 - p)."""
        return self.chance * (1 - self.chance)


@dataclass(frozen=True)
class Part:
    """Entries that judges tie together, best first, and the first and last place of each run that is not told apart."""

    entries: tuple[Advised, ...]
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Severity:
    """How a judge marks against the others: points above them for the same merit with a 90 % interval, how wide the
    scale is used (1: as usual), whether all entries get the same."""

    judge: int
    readings: int
    offset: float
    low: float
    high: float
    width: float
    flat: bool

    @property
    def telling(self) -> bool:
        """Whether the offset is more than chance."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Surprise:
    """A reading far from what all others predict, in robust standard deviations; above 0 means higher."""

    entry: int
    judge: int
    deviations: float


@dataclass(frozen=True)
class Advice:
    """Everything for the chair. `reread` are the entries where one more reading tells most, the most telling first."""

    cut: int
    parts: tuple[Part, ...]
    reread: tuple[int, ...]
    judges: tuple[Severity, ...]
    surprises: tuple[Surprise, ...]
    # None where judges gave no points
    agreement: Agreement | None

    @property
    def connected(self) -> bool:
        """Whether all entries can be held against each other."""
        return len(self.parts) == 1


def advise(
    totals: Mapping[Pair, Decimal | float | None], *, cut: int, categories: Mapping[int, Any] | None = None
) -> Advice | None:
    """Advice on the totals, by (entry, judge), where the best `cut` are sought; None where they are too few.

    `categories` names the field of each entry; without it, entries that no common judges tie together count as of
    different fields, so that nothing is made of the difference between their panels that chance explains.
    """
    given = tuple(sorted((*pair, float(total)) for pair, total in totals.items() if total is not None))
    return _advise(given, cut, tuple(sorted((categories or {}).items())))


def merits(totals: Mapping[Pair, float], *, categories: Mapping[int, Any] | None = None) -> dict[int, float]:
    """The adjusted estimate of every entry in the points of the totals; the plain mean where there are too few."""
    found = _readings(totals, categories)
    values = estimate(found).merit if found.enough else found.mean_of(found.entry, len(found.entries))
    if not float(np.ptp(values)):
        values = found.mean_of(found.entry, len(found.entries))
    return dict(zip(found.entries, values.tolist(), strict=True))


def _readings(totals: Mapping[Pair, Decimal | float | None], categories: Mapping[int, Any] | None) -> Readings:
    tied = parts(pair for pair, total in totals.items() if total is not None)
    return readings(
        totals, categories=categories or {entry: number for number, part in enumerate(tied) for entry in part}
    )


@lru_cache(maxsize=_REMEMBERED)
def _advise(
    given: tuple[tuple[int, int, float], ...], cut: int, categories: tuple[tuple[int, Any], ...]
) -> Advice | None:
    """Remembered, since a page is asked for more often than a score changes."""
    found = _readings({(entry, judge): total for entry, judge, total in given}, dict(categories))
    if not found.enough:
        return None
    made = estimate(found)
    drawn = draws(made.fit)
    tied = parts((entry, judge) for entry, judge, _ in given)
    advised = tuple(_part(made, drawn, sorted(part), cut=cut) for part in tied)
    everyone = [each for part in advised for each in part.entries]
    open_ = sorted((each for each in everyone if each.open >= OPEN), key=lambda each: (-each.open, each.entry))
    return Advice(
        cut,
        advised,
        tuple(each.entry for each in open_),
        _severities(made),
        _surprises(made),
        _agreement(made),
    )


def _part(made: Estimate, drawn: Draws, entries: Sequence[int], *, cut: int) -> Part:
    row_of = {entry: row for row, entry in enumerate(made.readings.entries)}
    rows = [row_of[entry] for entry in entries]
    sure = places(drawn[rows], cut=cut)
    merit = made.merit[rows]
    listed = [
        _advised(entries[at], float(merit[at]), sure, at=at, place=place)
        for place, at in enumerate(sure.order.tolist(), 1)
    ]
    return Part(tuple(listed), tuple((first + 1, last + 1) for first, last in sure.groups))


def _advised(entry: int, merit: float, sure: Places, *, at: int, place: int) -> Advised:
    return Advised(
        entry,
        merit,
        place,
        expected=float(sure.expected[at]),
        low=int(sure.low[at]),
        high=int(sure.high[at]),
        chance=float(sure.chance[at]),
        run=sure.run_of(place),
    )


def _severities(made: Estimate) -> tuple[Severity, ...]:
    deviations = np.sqrt(made.fit.severity_variance)
    number = np.bincount(made.readings.judge, minlength=len(made.readings.judges))
    return tuple(
        Severity(
            judge,
            int(number[at]),
            offset=float(offset),
            low=float(offset - NINETY * deviations[at]),
            high=float(offset + NINETY * deviations[at]),
            width=float(made.fit.design.slope[at]),
            flat=not made.fit.design.weight[at],
        )
        for at, (judge, offset) in enumerate(zip(made.readings.judges, made.fit.severity, strict=True))
    )


def _surprises(made: Estimate) -> tuple[Surprise, ...]:
    given, surprise = made.readings, made.surprise()
    found = [
        Surprise(given.entries[given.entry[row]], given.judges[given.judge[row]], float(surprise[row]))
        for row in made.outlying().nonzero()[0].tolist()
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.deviations), each.entry, each.judge)))


def _agreement(made: Estimate) -> Agreement:
    given = made.readings
    units = {entry: given.score[given.entry == row].tolist() for row, entry in enumerate(given.entries)}
    usual = len(given.score) / len(given.entries)
    found = made.fit
    merit = found.merit_variance + found.category_variance
    worth = reliability(merit, judge=found.judge_variance, noise=found.noise, readings=usual)
    single, panel = worth or (None, None)
    return Agreement(krippendorff_alpha(units), single, panel, readings=usual)
