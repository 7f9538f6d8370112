"""Whom public profiles offer for the needs of a problem: candidates for a team. Pure."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Need
from marketplace.matching.teaming.teams import Candidate
from marketplace.organisations.stages import Helix
from marketplace.relevance.coverage import shares_said

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Who says less of a need than this share shows nothing of it: one syllable in common is chance.
LEAST_SHARE = 0.3
# Candidates: the best for each need in each house, and the best over all needs.
_OF_EACH_HOUSE, _OF_ALL = 25, 200


def candidates(
    pool: Pool, needs: Sequence[Need], *, kept: Collection[str], left_out: Collection[str]
) -> list[Candidate]:
    """Who shows something of the needs, and the slugs `kept` in any case; state bodies ask, they do not join.

    How well a need is met is the share of its words and topics, by their rarity, that the best piece of a profile
    says, in the language that says more: 1 where it says them as fully as the need itself.
    """
    import numpy as np  # noqa: PLC0415 - a web process that never asks need not pay for numpy

    profiles = [pool.profiles[owner] for owner in pool.index.owners.tolist()]
    if not profiles:
        return []
    found = np.array([_shares(pool, need) for need in needs])
    is_kept = np.array([each.slug in kept for each in profiles], dtype=np.bool_)
    barred = np.array([each.helix == Helix.STATE or each.slug in left_out for each in profiles], dtype=np.bool_)
    found[:, barred & ~is_kept] = 0
    chosen = _chosen(found, np.array([each.helix.value for each in profiles], dtype=np.str_)) | is_kept
    return [
        Candidate(int(pool.index.owners[at]), profiles[at].helix, profiles[at].group, tuple(found[:, at].tolist()))
        for at in np.flatnonzero(chosen).tolist()
    ]


def _shares(pool: Pool, need: Need) -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415

    best = np.max([shares_said(pool.index, text) for text in (need.vi, need.en) if text], axis=0)
    return np.where(best < LEAST_SHARE, 0, best).astype(np.float64)


def _chosen(found: "NDArray[np.float64]", houses: "NDArray[np.str_]") -> "NDArray[np.bool_]":
    import numpy as np  # noqa: PLC0415

    total = found.sum(axis=0)
    chosen = np.zeros(len(houses), dtype=np.bool_)
    chosen[_first(total, _OF_ALL)] = True
    for house in (Helix.ACADEMIA, Helix.BUSINESS, Helix.SUPPORT):
        for line in found:
            # among equals the better all-rounder first
            own = np.where((houses == house.value) & (line > 0), line + total / 1000, 0)
            chosen[_first(own, _OF_EACH_HOUSE)] = True
    return chosen


def _first(values: "NDArray[np.float64]", most: int) -> "NDArray[np.int64]":
    import numpy as np  # noqa: PLC0415

    best = np.argsort(-values, kind="stable")[:most]
    return best[values[best] > 0]
