"""The adjusted estimate of merit: severity taken out, each judge heard as far as the judge follows merit. Pure.

1. Random effects of entries, judges and categories by REML.  2. How widely and how steadily each judge follows what
the others see, by empirical Bayes; fitted again.  3. Residuals beyond two robust standard deviations are drawn in,
twice, so that a "10 for a friend" beside low marks for the others pays no better than under the plain mean.
It advises; the plain mean decides. benchmarks/ranking.py holds it against the plain mean.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from marketplace.judging.ranking.equations import plain_design
from marketplace.judging.ranking.habits import discerning, telling
from marketplace.judging.ranking.mixed_model import Fit, fit
from marketplace.judging.ranking.readings import FEWEST_JUDGES, Floats, Readings

FARTHEST = 2.0
PASSES = 2
# The median absolute deviation of a normal variable, as a standard deviation.
TO_DEVIATION = 1.4826
# Standard deviations at which a reading is asked about.
ABOVE, BELOW = 2.5, 3.0


@dataclass(frozen=True)
class Estimate:
    """Merit of each entry in points, and what it was taken from; held: the scores with outliers drawn in."""

    readings: Readings
    fit: Fit
    held: Floats

    @property
    def merit(self) -> Floats:
        """In the points of the readings, by entry."""
        return self.fit.mean + self.fit.merit

    def surprise(self) -> Floats:
        """Of each reading against what all the others predict, in standard deviations."""
        leverage = self.fit.leverage()
        predicted = self.held - (self.held - self.fit.fitted()) / (1 - leverage)
        weight = self.fit.design.weight[self.readings.judge]
        return (self.readings.score - predicted) * np.sqrt(weight * (1 - leverage) / self.fit.noise)

    def outlying(self) -> NDArray[np.bool_]:
        """Readings so far above, or farther still below, what the others predict that somebody should ask why.

        Above counts sooner: that is what a favour looks like.
        """
        surprise = self.surprise()
        return (surprise > ABOVE) | (surprise < -BELOW)


def estimate(readings: Readings) -> Estimate:
    """The merit of every entry of these readings; call it only where `readings.enough`."""
    design, told = plain_design(readings), telling(readings)
    if np.count_nonzero(told) >= FEWEST_JUDGES:
        design = replace(design, weight=told.astype(np.float64))
    found = fit(design, readings.score)
    found = fit(discerning(found, readings.score), readings.score, start=found.ratios)
    held = readings.score
    for _ in range(PASSES):
        held = _drawn_in(found, held)
        found = fit(found.design, held, start=found.ratios)
    return Estimate(readings, found, held)


def _drawn_in(found: Fit, score: Floats) -> Floats:
    """Residuals beyond FARTHEST robust standard deviations are set there, in the judge's own noise."""
    expected = found.fitted()
    weight = np.sqrt(np.maximum(found.design.weight[found.design.judge], 1e-6))
    residual = (score - expected) * weight
    limit = FARTHEST * _robust_deviation(residual)
    return expected + np.clip(residual, -limit, limit) / weight if limit else score


def _robust_deviation(values: Floats) -> float:
    return TO_DEVIATION * float(np.median(np.abs(values - np.median(values))))
