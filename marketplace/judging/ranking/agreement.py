"""How far judges agree: Krippendorff's alpha and what one reading, or a panel of several, is worth. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """alpha: 1 for perfect agreement, 0 for chance. single, panel: the share of the variance of one reading, or of the
    mean of as many as an entry got, that is merit. Each None where it cannot be told."""

    alpha: float | None
    single: float | None
    panel: float | None
    readings: float


def krippendorff_alpha(units: Mapping[int, Sequence[float]]) -> float | None:
    """Krippendorff's alpha for interval data (Krippendorff 2004, chapter 11), by entry the scores it got.

    None where no entry has two scores or all scores are alike.
    """
    paired = [list(scores) for scores in units.values() if len(scores) >= 2]
    values = [score for scores in paired for score in scores]
    expected = _distances(values) / (len(values) - 1) if values else 0.0
    if expected <= 0:
        return None
    observed = sum(_distances(scores) / (len(scores) - 1) for scores in paired)
    return 1 - observed / expected


def _distances(values: Sequence[float]) -> float:
    """The squared differences of all ordered pairs together."""
    middle = sum(values) / len(values)
    return 2 * len(values) * sum((value - middle) ** 2 for value in values)


def reliability(merit: float, *, judge: float, noise: float, readings: float) -> tuple[float, float] | None:
    """Intraclass correlation of one reading and of the mean of `readings` readings, from variance components.

    ICC(2,1) and ICC(2,k) of Shrout & Fleiss 1979, judges as a random sample. None where nothing varies.
    """
    error = judge + noise
    if merit + error <= 0 or readings <= 0:
        return None
    return merit / (merit + error), merit / (merit + error / readings)
