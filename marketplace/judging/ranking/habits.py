"""How each judge uses the scale: how wide, how closely to merit, how steadily; drawn together as far as chance goes.

Empirical Bayes throughout: what judges differ by more than chance explains is believed, the rest is not, so that a
panel of equals is left as it is and a judge of three entries is hardly corrected. Pure.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from marketplace.judging.ranking.equations import Design
from marketplace.judging.ranking.mixed_model import Fit
from marketplace.judging.ranking.readings import Floats, Readings, sums

# A judge whose marks vary less than this share of what is usual tells no entry from another.
FLAT = 0.05
# Readings that a judge's own variance needs.
FEWEST = 3
LEAST_SLOPE = 0.05
LEAST_WEIGHT, MOST_WEIGHT = 0.1, 4.0


def drawn_together(values: Floats, variances: Floats) -> Floats:
    """Each value drawn to the common mean by its share of chance; DerSimonian & Laird 1986, equations 8 to 10.

    `variances` are those of chance; infinite where nothing is known, which gives the mean.
    """
    precision = 1 / variances
    total = precision.sum()
    if len(values) < 2 or total <= 0:
        return values.copy()
    mean = float(precision @ values / total)
    excess = float(precision @ (values - mean) ** 2) - (np.isfinite(variances).sum() - 1)
    between = max(0.0, excess / max(total - float(precision @ precision) / total, 1e-12))
    if not between:
        return np.full(len(values), mean)
    sure = 1 / (between + variances)
    mean = float(sure @ values / sure.sum())
    return np.where(np.isfinite(variances), mean + between * sure * (values - mean), mean)


def telling(readings: Readings) -> NDArray[np.bool_]:
    """By judge: whether the marks differ enough to tell one entry from another."""
    count = len(readings.judges)
    number = np.bincount(readings.judge, minlength=count)
    centred = readings.score - readings.mean_of(readings.judge, count)[readings.judge]
    variance = sums(readings.judge, centred**2, count) / np.maximum(number - 1, 1)
    known = number >= FEWEST
    usual = float(np.median(variance[known])) if known.any() else 0.0
    return ~(known & (variance < FLAT * usual))


def _chance_of_log(freedom: Floats) -> Floats:
    """Variance of the logarithm of a variance: the trigamma function of half the freedom, to its third term."""
    return 2 / freedom + 2 / freedom**2 + 4 / (3 * freedom**3)


def discerning(found: Fit, score: Floats) -> Design:
    """The design again, with what each judge's scores say of merit as the others see it, and how steadily.

    Each score is held against what all others predict of it (leave one out, by the leverage), so that nobody is
    measured by themselves. Slope: the regression on that prediction. Weight: the usual noise over the judge's.
    """
    design, leverage = found.design, found.leverage()
    missed = (score - found.fitted()) / (1 - leverage)
    predicted = score - missed
    slope = _slopes(design, score, predicted=predicted, missed=missed)
    left = np.where(design.weight[design.judge] > 0, 1 - leverage, 0.0)
    count = len(design.slope)
    freedom = sums(design.judge, left, count) - 1
    squares = sums(design.judge, left * missed**2 * design.weight[design.judge], count)
    known = (freedom >= 1) & (squares > 0)
    free = np.maximum(freedom, 1.0)
    number = np.maximum(np.bincount(design.judge, left > 0, count), 1)
    logs = np.where(known, np.log(np.where(known, squares / number, 1.0)) + 1 / free, 0.0)
    steady = drawn_together(logs, np.where(known, _chance_of_log(free), np.inf))
    weight = np.clip(np.exp(float(np.mean(steady)) - steady), LEAST_WEIGHT, MOST_WEIGHT)
    return replace(design, slope=slope, weight=np.where(design.weight > 0, weight, 0.0))


def _slopes(design: Design, score: Floats, *, predicted: Floats, missed: Floats) -> Floats:
    count = len(design.slope)
    number = np.maximum(np.bincount(design.judge, minlength=count), 1)

    def around_own_mean(values: Floats) -> Floats:
        return values - (sums(design.judge, values, count) / number)[design.judge]

    expected, given = around_own_mean(predicted) / design.slope[design.judge], around_own_mean(score)
    width = sums(design.judge, expected**2, count)
    known = (number >= FEWEST) & (width > 1e-9) & (design.weight > 0)
    raw = sums(design.judge, expected * given, count) / np.where(known, width, 1.0)
    noise = float(np.mean(missed**2))
    chance = np.where(known, noise / np.where(known, width, 1.0), np.inf)
    shared = drawn_together(np.where(known, raw, 1.0), chance)
    return np.maximum(1.0 + shared - float(shared.mean()), LEAST_SLOPE)
