"""Henderson's mixed-model equations of judges, categories and entries, with the entries absorbed. Pure.

y = mean + severity of the judge + slope of the judge * (level of the category + deviation of the entry) + noise.
Henderson 1975, "Best linear unbiased estimation and prediction under a selection model", Biometrics 31:423-447.
"""

from dataclasses import dataclass

import numpy as np

from marketplace.judging.ranking.readings import Floats, Ints, Readings, sums

_TINY = 1e-12


@dataclass(frozen=True)
class Design:
    """Which reading belongs to what. slope and weight are by judge; a weight of 0 leaves the judge out."""

    entry: Ints
    judge: Ints
    category: Ints
    slope: Floats
    weight: Floats

    @property
    def categories(self) -> int:
        """How many categories have an effect: none where all entries share one."""
        count = int(self.category.max(initial=0)) + 1
        return count if count > 1 else 0

    @property
    def width(self) -> int:
        """The mean, the categories, the judges."""
        return 1 + self.categories + len(self.slope)

    def columns(self) -> tuple[Ints, Floats]:
        """For each reading the effects it holds besides its entry's, and how much of each."""
        slope = self.slope[self.judge]
        ones = np.ones(len(slope))
        judge = 1 + self.categories + self.judge
        if not self.categories:
            return np.column_stack([0 * judge, judge]), np.column_stack([ones, ones])
        category = 1 + self.category[self.entry]
        return np.column_stack([0 * judge, category, judge]), np.column_stack([ones, slope, ones])


def plain_design(readings: Readings) -> Design:
    """Every judge counts alike."""
    ones = np.ones(len(readings.judges))
    return Design(readings.entry, readings.judge, readings.category, ones, ones)


@dataclass(frozen=True)
class Equations:
    """The parts of Henderson's equations that do not depend on the variances.

    own, own_score: the entries' diagonal and right side. row, column, value: entries against the other effects.
    flat, product, owner: the products of every two of an entry's values and where they belong.
    """

    own: Floats
    own_score: Floats
    row: Ints
    column: Ints
    value: Floats
    flat: Ints
    product: Floats
    owner: Ints
    base: Floats
    side: Floats
    squares: float
    count: int


@dataclass(frozen=True)
class Ratios:
    """Noise variance divided by the variance of entries, categories, judges: the penalties of the equations."""

    entry: float
    category: float
    judge: float


def equations_of(design: Design, score: Floats) -> Equations:
    """The equations of these scores, one for each reading of the design, best around 0."""
    weight, slope = design.weight[design.judge], design.slope[design.judge]
    columns, values = design.columns()
    width, count = design.width, len(design.category)
    squares = weight[:, None, None] * values[:, :, None] * values[:, None, :]
    places = columns[:, :, None] * width + columns[:, None, :]
    keys, inverse = np.unique(design.entry[:, None] * width + columns, return_inverse=True)
    value = sums(inverse.ravel(), ((weight * slope)[:, None] * values).ravel(), len(keys))
    row, column = keys // width, keys % width
    left, right = _pairs(row, count)
    return Equations(
        own=sums(design.entry, weight * slope**2, count),
        own_score=sums(design.entry, weight * slope * score, count),
        row=row,
        column=column,
        value=value,
        flat=column[left] * width + column[right],
        product=value[left] * value[right],
        owner=row[left],
        base=sums(places.ravel(), squares.ravel(), width * width).reshape(width, width),
        side=sums(columns.ravel(), ((weight * score)[:, None] * values).ravel(), width),
        squares=float((weight * score**2).sum()),
        count=int((weight > 0).sum()),
    )


def _pairs(row: Ints, count: int) -> tuple[Ints, Ints]:
    """All ordered pairs of places that hold the same number; `row` ascends."""
    sizes = np.bincount(row, minlength=count)
    starts = np.cumsum(sizes) - sizes
    repeats = sizes[row]
    left = np.repeat(np.arange(len(row)), repeats)
    within = np.arange(len(left)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return left, starts[row[left]] + within


@dataclass(frozen=True)
class Solved:
    """effects: the mean, categories, judges; deviation: of the entries; residual: the penalised sum of squares."""

    matrix: Floats
    inverse: Floats
    effects: Floats
    deviation: Floats
    shrink: Floats
    residual: float


def solve(design: Design, equations: Equations, ratios: Ratios) -> Solved:
    """The predictions that these variance ratios give."""
    width = design.width
    shrink = 1 / (equations.own + ratios.entry)
    absorbed = sums(equations.flat, equations.product * shrink[equations.owner], width * width)
    penalty = [0.0] + [ratios.category] * design.categories + [ratios.judge] * len(design.slope)
    matrix = equations.base - absorbed.reshape(width, width) + np.diag(penalty)
    taken = sums(equations.column, equations.value * (shrink * equations.own_score)[equations.row], width)
    side = equations.side - taken
    inverse: Floats = np.linalg.inv(matrix).astype(np.float64, copy=False)
    effects = inverse @ side
    through = sums(equations.row, equations.value * effects[equations.column], len(shrink))
    residual = equations.squares - float((shrink * equations.own_score**2).sum()) - float(side @ effects)
    return Solved(
        matrix,
        inverse,
        effects,
        deviation=shrink * (equations.own_score - through),
        shrink=shrink,
        residual=max(residual, _TINY * max(equations.squares, _TINY)),
    )
