"""Which weights order best what was judged, and whether that may be believed. Pure.

A voice is an organisation with all its people; it says one word about another organisation for a challenge, and the
word of the more voices counts. Under some weights a challenge has the concordance of its pairs of a relevant and a not
relevant organisation: the share in which the relevant one scores higher, half where both score the same (the statistic
of Mann & Whitney 1947 over its greatest value). Challenges count equally.
"""

import itertools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from marketplace.relevance.weights import CHOSEN, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Fewer challenges cannot be drawn again and again as if they were all (the bootstrap); of fewer than five judgements
# each hardly one has pairs; and with ten voices none has more than a part, nor can its word be read from the sums.
MIN_CHALLENGES, MIN_JUDGEMENTS, MIN_VOICES = 20, 100, 10
FOLDS, SAMPLES, SEED = 5, 4_000, 1
_LATENT, _VECTORS, _PATIENCE = (0.5, 1.0, 2.0), (2.0, 4.0, 8.0), (0.9, 0.95, 1.0)

# By challenge, and there by organisation, the score under each of the weights that are compared.
Scores = Mapping[int, Mapping[str, Sequence[float]]]


class Judgement(NamedTuple):
    """A voice says that an organisation is relevant for a challenge, or is not."""

    challenge: int
    organisation: str
    voice: str
    is_relevant: bool


@dataclass(frozen=True)
class Learnt:
    """The best weights, mean concordances from 0 to 1 with those in use and with them, and what speaks against them.

    `gain` is that on challenges that had no part in the choice, `low` and `high` its 95 % interval. An obstacle is the
    name of a condition that is not met: without one the weights may be proposed.
    """

    weights: Weights
    judgements: int
    challenges: int
    voices: int
    before: float = 0.0
    after: float = 0.0
    gain: float = 0.0
    low: float = 0.0
    high: float = 0.0
    obstacles: tuple[str, ...] = ()


def grid(in_use: Weights, *, semantic: bool) -> list[Weights]:
    """The weights that are compared, those in use first."""
    vectors = _VECTORS if semantic else (in_use.vectors,)
    points = itertools.product(_LATENT, vectors, _PATIENCE)
    return list(dict.fromkeys([in_use, *(Weights(CHOSEN.words, *point) for point in points)]))


def verdicts(judgements: Collection[Judgement]) -> dict[int, dict[str, bool]]:
    """By challenge and organisation whether more voices call it relevant; only challenges where both words were said.

    Where as many say yes as no, or a voice says both as often, nothing was said.
    """
    words = Counter[tuple[int, str, str]]()
    for each in judgements:
        words[each.challenge, each.organisation, each.voice] += 1 if each.is_relevant else -1
    said = Counter[tuple[int, str]]()
    for (challenge, organisation, _voice), surplus in words.items():
        said[challenge, organisation] += (surplus > 0) - (surplus < 0)
    found: dict[int, dict[str, bool]] = {}
    for (challenge, organisation), surplus in sorted(said.items()):
        if surplus:
            found.setdefault(challenge, {})[organisation] = surplus > 0
    return {challenge: own for challenge, own in found.items() if len(set(own.values())) > 1}


def learn(judgements: Collection[Judgement], scores: Scores, points: Sequence[Weights]) -> Learnt:
    """The best of the `points`, the first of which is in use, by what was said of organisations that have scores.

    It may be proposed where there is enough to go by, it is better on challenges that had no part in its choice (the
    lower end of the interval above 0), and all of this stays, with the same choice, without any one of the voices.
    """
    judged = [each for each in judgements if each.organisation in scores.get(each.challenge, {})]
    whole = _learnt(judged, scores, points)
    if whole.obstacles:
        return whole
    for voice in sorted({each.voice for each in judged}):
        without = _learnt([each for each in judged if each.voice != voice], scores, points)
        if without.obstacles or without.weights != whole.weights:
            return replace(whole, obstacles=("one_voice",))
    return whole


def concordance(said: Mapping[str, bool], scores: Mapping[str, Sequence[float]]) -> "NDArray[np.float64]":
    """By weights the share of pairs in the right order, of organisations of which both words were `said`."""
    import numpy as np  # noqa: PLC0415 - a web process that never learns need not pay for numpy

    relevant, others = (
        np.array([scores[name] for name, is_relevant in said.items() if is_relevant == kind], dtype=np.float64)
        for kind in (True, False)
    )
    above = relevant[:, None] - others[None]
    return ((np.sign(above) + 1) / 2).mean(axis=(0, 1))


def _learnt(judged: Sequence[Judgement], scores: Scores, points: Sequence[Weights]) -> Learnt:
    import numpy as np  # noqa: PLC0415

    said = verdicts(judged)
    words = {(each.challenge, each.organisation, each.voice) for each in judged if each.challenge in said}
    found = Learnt(points[0], len(words), len(said), len({voice for _, _, voice in words}))
    least = {"challenges": MIN_CHALLENGES, "judgements": MIN_JUDGEMENTS, "voices": MIN_VOICES}
    if few := tuple(name for name, number in least.items() if getattr(found, name) < number):
        return replace(found, obstacles=few)
    table = np.array([concordance(said[challenge], scores[challenge]) for challenge in sorted(said)])
    best, (gain, low, high) = _best(table), _gain(table)
    before, after = (round(float(table[:, at].mean()), 4) for at in (0, best))
    against = ("in_use",) if best == 0 else () if low > 0 else ("unsure",)
    told: dict[str, Any] = {"before": before, "after": after, "gain": gain, "low": low, "high": high}
    return replace(found, weights=points[best], obstacles=against, **told)


def _best(table: "NDArray[np.float64]") -> int:
    """The column with the highest mean, the first of equal ones: those in use need not give way."""
    return int(table.mean(axis=0).round(9).argmax())


def _gain(table: "NDArray[np.float64]") -> tuple[float, float, float]:
    """What choosing on four fifths of the challenges gains on the last fifth, and its interval over all five.

    The paired bootstrap over challenges (Efron & Tibshirani 1993, percentiles 2.5 and 97.5), from a fixed seed.
    """
    import numpy as np  # noqa: PLC0415

    fold = np.arange(len(table)) % FOLDS
    chosen = np.array([_best(table[fold != each]) for each in range(FOLDS)])[fold]
    gained = table[np.arange(len(table)), chosen] - table[:, 0]
    draw = np.random.default_rng(SEED)
    means = gained[draw.integers(0, len(gained), (SAMPLES, len(gained)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5]).tolist()
    return round(float(gained.mean()), 4), round(low, 4), round(high, 4)
