"""Marks by criterion brought to one value for each entry, where names stand for entries and judges. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from marketplace.judging.ranking.advice import merits

# entry, judge, criterion, points
Mark = tuple[str, str, str, float]


def plain_values(marks: Sequence[Mark]) -> dict[str, float]:
    """The mean of the judges' means."""
    sheets: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for entry, judge, _, points in marks:
        sheets[entry, judge].append(points)
    readings: defaultdict[str, list[float]] = defaultdict(list)
    for (entry, _), given in sorted(sheets.items()):
        readings[entry].append(fmean(given))
    return {entry: fmean(means) for entry, means in readings.items()}


def adjusted_values(marks: Sequence[Mark]) -> dict[str, float]:
    """The adjusted estimate of merit. A criterion that a judge left blank is expected to lie as its mean does."""
    by_criterion: defaultdict[str, list[float]] = defaultdict(list)
    for _, _, criterion, points in marks:
        by_criterion[criterion].append(points)
    usual = {criterion: fmean(given) for criterion, given in by_criterion.items()}
    middle = fmean(usual.values()) if usual else 0.0
    sheets: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for entry, judge, criterion, points in marks:
        sheets[entry, judge].append(points - usual[criterion] + middle)
    entries = {name: number for number, name in enumerate(sorted({entry for entry, _ in sheets}))}
    judges = {name: number for number, name in enumerate(sorted({judge for _, judge in sheets}))}
    found = merits({(entries[entry], judges[judge]): fmean(given) for (entry, judge), given in sheets.items()})
    return {name: found[number] for name, number in entries.items()}
