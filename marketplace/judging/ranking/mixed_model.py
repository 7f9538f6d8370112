"""Judges and entries as crossed random effects, fitted by restricted maximum likelihood. Pure.

All but the mean are normal around 0; the likelihood is that of Ge, Welling & Ghahramani (2015) and Cortes & Lawrence
(arXiv 2109.09774) where every slope is 1, written with Henderson's equations so that only judges are solved for.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from marketplace.judging.ranking.equations import Design, Equations, Ratios, equations_of, solve
from marketplace.judging.ranking.readings import Floats

# Logarithms of variance ratios to the noise are kept within these; the lower one stands for no variance at all.
_LEAST, _MOST = -14.0, 8.0


@dataclass(frozen=True)
class Fit:
    """What the equations say. `noise` is a variance in squared points; `inverse` times noise is the covariance of the
    effects besides the entries'; `shrink` is the inverse of the entries' diagonal."""

    design: Design
    ratios: Ratios
    noise: float
    effects: Floats
    deviation: Floats
    inverse: Floats
    shrink: Floats
    coupling: Floats
    criterion: float

    @property
    def mean(self) -> float:
        return float(self.effects[0])

    @property
    def level(self) -> Floats:
        """Of each entry's category against the mean."""
        count = self.design.categories
        return self.effects[1 + self.design.category] if count else np.zeros(len(self.deviation))

    @property
    def merit(self) -> Floats:
        """Of each entry, against the mean."""
        return self.level + self.deviation

    @property
    def severity(self) -> Floats:
        """Of each judge: above 0 gives more than others for the same merit."""
        return self.effects[1 + self.design.categories :]

    @property
    def severity_variance(self) -> Floats:
        """Of the estimates of severity, in squared points."""
        return self.noise * np.diag(self.inverse)[1 + self.design.categories :]

    @property
    def merit_variance(self) -> float:
        """Between the entries of a category."""
        return self.noise / self.ratios.entry

    @property
    def judge_variance(self) -> float:
        return self.noise / self.ratios.judge

    @property
    def category_variance(self) -> float:
        return self.noise / self.ratios.category if self.design.categories else 0.0

    def fitted(self) -> Floats:
        """What the model expects of each reading."""
        columns, values = self.design.columns()
        slope = self.design.slope[self.design.judge]
        return slope * self.deviation[self.design.entry] + (values * self.effects[columns]).sum(axis=1)

    def leverage(self) -> Floats:
        """How much of each reading is explained by itself, 0 to 1: its fitted value's variance over its noise."""
        columns, values = self.design.columns()
        entry, judge = self.design.entry, self.design.judge
        part = self.design.slope[judge] * self.shrink[entry]
        solved = self.coupling @ self.inverse
        own = np.einsum("ri,rj,rij->r", values, values, self.inverse[columns[:, :, None], columns[:, None, :]])
        cross = (values * solved[entry[:, None], columns]).sum(axis=1)
        through = (solved * self.coupling).sum(axis=1)[entry]
        spread = self.design.slope[judge] * part + own - 2 * part * cross + part**2 * through
        return np.clip(spread * self.design.weight[judge], 0.0, 0.99)


def fit(design: Design, score: Floats, *, start: Ratios | None = None) -> Fit:
    """The variances of greatest restricted likelihood and the best linear unbiased predictions they give.

    `score` has a number for each reading of the design; `start` hastens a fit that resembles one made before.
    """
    middle = float(score.mean())
    equations = equations_of(design, score - middle)
    begin = np.zeros(3) if start is None else -np.log([start.entry, start.category, start.judge])
    free = [0, 1, 2] if design.categories else [0, 2]

    def cost(chosen: Floats) -> tuple[float, Floats]:
        logs = begin.copy()
        logs[free] = chosen
        found, slope = _criterion(design, equations, _ratios(logs))
        return found, slope[free]

    bounds = [(_LEAST, _MOST)] * len(free)
    first = np.clip(begin[free], _LEAST + 1, _MOST - 1)
    solved = minimize(cost, first, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-9, "gtol": 1e-4})
    logs = begin.copy()
    logs[free] = solved.x
    return _fitted(design, equations, _ratios(logs), middle=middle)


def _ratios(logs: Floats) -> Ratios:
    entry, category, judge = np.exp(-logs).tolist()
    return Ratios(entry, category, judge)


def _criterion(design: Design, equations: Equations, ratios: Ratios) -> tuple[float, Floats]:
    """Minus twice the restricted log-likelihood with the noise profiled out, and its slope in the log variances."""
    solved = solve(design, equations, ratios)
    freedom = max(equations.count - 1, 1)
    first = 1 + design.categories
    sizes = np.array([len(solved.shrink), design.categories, len(design.slope)], dtype=float)
    penalties = np.array([ratios.entry, ratios.category, ratios.judge])
    log_of_matrix = 2 * float(np.log(np.diag(np.linalg.cholesky(solved.matrix))).sum())
    value = freedom * np.log(solved.residual) - float(sizes @ np.log(penalties))
    value += log_of_matrix - float(np.log(solved.shrink).sum())
    effects = (solved.deviation, solved.effects[1:first], solved.effects[first:])
    squares = np.array([float(each @ each) for each in effects])
    diagonal = np.diag(solved.inverse)
    weights = equations.product * (solved.shrink**2)[equations.owner]
    from_entries = float(solved.shrink.sum()) + float(solved.inverse.ravel()[equations.flat] @ weights)
    traces = np.array([from_entries, float(diagonal[1:first].sum()), float(diagonal[first:].sum())])
    slope = freedom / solved.residual * squares - sizes / penalties + traces
    return value, -penalties * slope


def _fitted(design: Design, equations: Equations, ratios: Ratios, *, middle: float) -> Fit:
    solved = solve(design, equations, ratios)
    coupling = np.zeros((len(solved.shrink), design.width))
    coupling[equations.row, equations.column] = equations.value
    effects = solved.effects.copy()
    effects[0] += middle
    return Fit(
        design,
        ratios,
        noise=solved.residual / max(equations.count - 1, 1),
        effects=effects,
        deviation=solved.deviation,
        inverse=solved.inverse,
        shrink=solved.shrink,
        coupling=coupling,
        criterion=_criterion(design, equations, ratios)[0],
    )
