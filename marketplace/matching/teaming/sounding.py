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

    owners = pool.index.owners
    if not len(owners):
        return []
    found = np.array([_shares(pool, need) for need in needs])
    is_kept, is_left_out = (np.isin(owners, [pool.places.get(each, -1) for each in some]) for some in (kept, left_out))
    found[:, (pool.among(house=Helix.STATE) | is_left_out) & ~is_kept] = 0
    houses = [pool.among(house=house) for house in (Helix.ACADEMIA, Helix.BUSINESS, Helix.SUPPORT)]
    chosen = (_chosen(found, houses) | is_kept).nonzero()[0].tolist()
    profiles = [pool.profiles[owner] for owner in owners[chosen].tolist()]
    return [
        Candidate(int(owners[at]), profile.helix, profile.group, tuple(found[:, at].tolist()))
        for at, profile in zip(chosen, profiles, strict=True)
    ]


def _shares(pool: Pool, need: Need) -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415

    best = np.max([shares_said(pool.index, text) for text in (need.vi, need.en) if text], axis=0)
    return np.where(best < LEAST_SHARE, 0, best).astype(np.float64)


def _chosen(found: "NDArray[np.float64]", houses: "Sequence[NDArray[np.bool_]]") -> "NDArray[np.bool_]":
    import numpy as np  # noqa: PLC0415

    total = found.sum(axis=0)
    chosen = np.zeros(len(total), dtype=np.bool_)
    chosen[_first(total, _OF_ALL)] = True
    for is_of_house in houses:
        for line in found:
            # among equals the better all-rounder first
            own = np.where(is_of_house & (line > 0), line + total / 1000, 0)
            chosen[_first(own, _OF_EACH_HOUSE)] = True
    return chosen


def _first(values: "NDArray[np.float64]", most: int) -> "NDArray[np.int64]":
    import numpy as np  # noqa: PLC0415

    best = np.argsort(-values, kind="stable")[:most]
    return best[values[best] > 0]
