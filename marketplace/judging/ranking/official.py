"""The official result: weighted totals, their plain mean, and places that equal entries share. Pure, no float."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

ALL_WEIGHTS = 10_000
# Two different means of whole scores differ far above this, and the rounding of thirds lies far below.
_TELLING = Decimal("1e-12")


@dataclass(frozen=True)
class Ranked:
    """An entry's official result.

    mean: of its readings, 0 to 100; None without readings.
    place: from 1, shared by equals, the next place skipped ("1 2 2 4"); None below the quorum.
    readings: how many judges gave a total. spread: the highest total less the lowest; None without readings.
    """

    entry_id: int
    mean: Decimal | None
    place: int | None
    readings: int
    spread: Decimal | None


def weighted_total(scores: Mapping[int, int | None], weights_bp: Mapping[int, int], maximum: int) -> Decimal:
    """One judge's total from 0 to 100: the scores (0 to `maximum`) weighted in basis points, not rounded.

    None stands for a criterion that does not apply: its weight goes to the others in proportion. Raises ValueError
    unless every criterion stands in `scores`, one at least with points in the scale, and the weights make 10,000.
    """
    if scores.keys() != weights_bp.keys() or sum(weights_bp.values()) != ALL_WEIGHTS:
        raise ValueError("every criterion needs one score, and all weights together make 10,000")
    given = {criterion: score for criterion, score in scores.items() if score is not None}
    weight = sum(weights_bp[criterion] for criterion in given)
    if min(weights_bp.values()) < 0 or not all(0 <= score <= maximum for score in given.values()) or maximum < 1:
        raise ValueError("a score or a weight is outside its scale")
    if not weight:
        raise ValueError("no criterion with a weight applies")
    points = sum(score * weights_bp[criterion] for criterion, score in given.items())
    return Decimal(100 * points) / (maximum * weight)


def rank(totals: Mapping[int, Sequence[Decimal | None]], *, quorum: int = 1) -> list[Ranked]:
    """Every entry by the mean of its judges' totals, the best first, then those below the quorum.

    `totals` is by entry; None stands for a judge who has not scored or abstained and counts for nothing.
    Nothing breaks a tie; entries that share a place are listed by their id.
    """
    means = {entry_id: _mean(_given(row)) for entry_id, row in totals.items()}
    deciding = {
        entry_id: mean.quantize(_TELLING)
        for entry_id, mean in means.items()
        if mean is not None and len(_given(totals[entry_id])) >= quorum
    }
    place_of = {mean: place for place, mean in reversed([*enumerate(sorted(deciding.values(), reverse=True), 1)])}
    results = [
        Ranked(
            entry_id,
            means[entry_id],
            place_of[deciding[entry_id]] if entry_id in deciding else None,
            len(_given(row)),
            _spread(_given(row)),
        )
        for entry_id, row in totals.items()
    ]
    return sorted(results, key=lambda result: (result.place is None, result.place or 0, result.entry_id))


def shown(total: Decimal) -> Decimal:
    """A total or mean as people read it: two decimals, half up. Never rank by it."""
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _given(row: Sequence[Decimal | None]) -> list[Decimal]:
    return [total for total in row if total is not None]


def _mean(given: Sequence[Decimal]) -> Decimal | None:
    """The exact sum divided once, so that the order of the judges cannot show in the last digit."""
    if not given:
        return None
    exact = Fraction(sum(map(Fraction, given)), len(given))
    return Decimal(exact.numerator) / exact.denominator


def _spread(given: Sequence[Decimal]) -> Decimal | None:
    return max(given) - min(given) if given else None
