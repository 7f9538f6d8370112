"""How sure the places of compared entries are: Bradley and Terry's model with its own uncertainty. Pure.

Beside each estimate stands what the curvature of the likelihood leaves open (the normal approximation of large
samples; Hunter 2004), with the same half comparison against an average entry that `bradley_terry` adds.
"""

from collections.abc import Sequence

import numpy as np

from marketplace.judging.ranking.advice import OPEN, Advice, Advised, Part
from marketplace.judging.ranking.connection import parts
from marketplace.judging.ranking.pairwise import Comparison, bradley_terry, preference
from marketplace.judging.ranking.places import DRAWS, SEED, Draws, Places, places
from marketplace.judging.ranking.readings import Floats


def prefer(comparisons: Sequence[Comparison], *, cut: int) -> Advice | None:
    """Advice on entries of which judges said which is better, pairs of (better, worse); None where nobody said any."""
    merit = bradley_terry(comparisons)
    if not merit:
        return None
    entries = sorted(merit)
    drawn = _draws(entries, merit, comparisons)
    tied = parts((entry, number) for number, pair in enumerate(comparisons) for entry in pair)
    advised = tuple(_part(sorted(part), entries, merit, drawn=drawn, cut=cut) for part in tied)
    everyone = [each for part in advised for each in part.entries]
    open_ = sorted((each for each in everyone if each.open >= OPEN), key=lambda each: (-each.open, each.entry))
    return Advice(cut, advised, tuple(each.entry for each in open_), judges=(), surprises=(), agreement=None)


def _draws(entries: Sequence[int], merit: dict[int, float], comparisons: Sequence[Comparison]) -> Draws:
    """Joint draws of the logarithms of the strengths, one row an entry."""
    at = {entry: number for number, entry in enumerate(entries)}
    value = np.array([merit[entry] for entry in entries])
    own = _curve(value)
    information = np.diag(own)
    for better, worse in comparisons:
        one, other = at[better], at[worse]
        told = _curve(value[one] - value[other])
        information[[one, other], [one, other]] += told
        information[[one, other], [other, one]] -= told
    root = np.linalg.cholesky(np.linalg.inv(information))
    random = np.random.default_rng(SEED)
    drawn = value[:, None] + root @ random.standard_normal((len(entries), DRAWS))
    return drawn.astype(np.float32)


def _curve(apart: Floats) -> Floats:
    """How much one comparison tells of two entries so far apart: p (1 - p)."""
    chance = 1 / (1 + np.exp(-apart))
    told: Floats = chance * (1 - chance)
    return told


def _part(part: Sequence[int], entries: Sequence[int], merit: dict[int, float], *, drawn: Draws, cut: int) -> Part:
    rows = [entries.index(entry) for entry in part]
    sure = places(drawn[rows], cut=cut)
    listed = [_advised(part[at], merit, sure, at=at, place=place) for place, at in enumerate(sure.order.tolist(), 1)]
    return Part(tuple(listed), tuple((first + 1, last + 1) for first, last in sure.groups))


def _advised(entry: int, merit: dict[int, float], sure: Places, *, at: int, place: int) -> Advised:
    return Advised(
        entry,
        100 * float(preference(merit[entry])),
        place,
        expected=float(sure.expected[at]),
        low=int(sure.low[at]),
        high=int(sure.high[at]),
        chance=float(sure.chance[at]),
        run=sure.run_of(place),
    )
