"""The best team for several needs, exactly: who carries which, and what would be lost without each member. Pure.

A team covers a need as well as its best member does (facility location: the largest, not the sum), so that every need
has one named carrier. Mixed-integer programme over candidates, solved by HiGHS (Huangfu & Hall 2018).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marketplace.organisations.stages import Helix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# One more member must bring so much, of 1, or the smaller team is as good.
LEAST_GAIN = 1e-4
# Among members that bring nothing else (a seat to fill) the nearer one is taken.
_NEARER = 1e-5
SECONDS = 5.0


@dataclass(frozen=True)
class Candidate:
    """An organisation, its house, who owns it ("" where not known), and how well it meets each need, 0 to 1."""

    owner: int
    house: Helix
    group: str
    fits: tuple[float, ...]


@dataclass(frozen=True)
class Rules:
    """At most `size` members, at least so many of each house, one of a group; the `kept` owners belong to the team."""

    size: int
    seats: Mapping[Helix, int] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Team:
    """Members by their owner; the owner that carries each need, None where nobody does; coverage 0 to 1.

    `without` has the coverage that would be left without each member. `is_best` says that the search was carried to
    its end: no better team exists among the candidates under these rules.
    """

    members: tuple[int, ...]
    carriers: tuple[int | None, ...]
    coverage: float
    without: dict[int, float]
    is_best: bool = False


def best_team(candidates: Sequence[Candidate], rules: Rules) -> Team | None:
    """The team that covers the needs best; None where the rules admit none, as where a house has no candidate."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import milp  # noqa: PLC0415 - a web process that never asks need not pay for scipy

    able = undominated(candidates, rules)
    if not able:
        return None
    fits = np.array([each.fits for each in able])
    pairs = np.argwhere(fits > 0)
    worth = fits[pairs[:, 0], pairs[:, 1]] / fits.shape[1]
    cost = np.concatenate([LEAST_GAIN - _NEARER * fits.mean(axis=1), -worth])
    is_member = np.concatenate([np.ones(len(able)), np.zeros(len(pairs))])
    kept = np.concatenate([[each.owner in rules.kept for each in able], np.zeros(len(pairs))])
    found = milp(
        cost,
        integrality=is_member,
        bounds=_bounds(kept),
        constraints=_constraints(able, pairs, rules=rules, needs=fits.shape[1]),
        options={"time_limit": SECONDS},
    )
    if found.x is None:
        return None
    members = [each for each, is_in in zip(able, found.x, strict=False) if is_in > 0.5]
    return told(members, is_best=found.status == 0)


def told(members: Sequence[Candidate], *, is_best: bool = False) -> Team:
    """What a given team covers, by whom, and what it would be without each."""
    ordered = sorted(members, key=lambda each: (-sum(each.fits), each.owner))
    return Team(
        members=tuple(each.owner for each in ordered),
        carriers=_carriers(ordered),
        coverage=coverage(ordered),
        without={each.owner: coverage([other for other in ordered if other is not each]) for each in ordered},
        is_best=is_best,
    )


def coverage(members: Sequence[Candidate]) -> float:
    """The mean over the needs of the best member's fit, 0 to 1."""
    bests = [max(fits) for fits in zip(*(each.fits for each in members), strict=True)]
    return round(sum(bests) / len(bests), 4) if bests else 0.0


def fillers(
    candidates: Sequence[Candidate], members: Sequence[Candidate], *, need: int, most: int
) -> list[tuple[Candidate, float]]:
    """Who would meet a need better than the team, the best first, each with the coverage that it would have then."""
    inside = {each.owner for each in members}
    groups = {each.group for each in members if each.group}
    now = max((each.fits[need] for each in members), default=0.0)
    better = [
        each
        for each in candidates
        if each.owner not in inside and each.group not in groups and each.fits[need] > now + LEAST_GAIN
    ]
    better.sort(key=lambda each: (-each.fits[need], -sum(each.fits), each.owner))
    return [(each, coverage([*members, each])) for each in better[:most]]


def undominated(candidates: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """Candidates without those for whom a better one always is free, so that leaving them out loses nothing.

    Whoever meets no need better than each of `size` others of the same house, none of them in a group, can be
    exchanged for one that is not in the team. With equals the earlier one stays.
    """
    import numpy as np  # noqa: PLC0415

    ordered = sorted(candidates, key=lambda each: (-sum(each.fits), each.owner))
    if not ordered:
        return []
    fits = np.array([each.fits for each in ordered], dtype=np.float32)
    houses = np.array([each.house.value for each in ordered])
    alone = np.array([not each.group for each in ordered])
    kept = []
    for at, each in enumerate(ordered):
        rivals = (houses[:at] == houses[at]) & alone[:at]
        if each.owner in rules.kept or int((fits[:at][rivals] >= fits[at]).all(axis=1).sum()) < rules.size:
            kept.append(each)
    return kept


def _carriers(members: Sequence[Candidate]) -> tuple[int | None, ...]:
    found: list[int | None] = []
    for need in range(len(members[0].fits) if members else 0):
        best = max(members, key=lambda each: each.fits[need])
        found.append(best.owner if best.fits[need] > 0 else None)
    return tuple(found)


def _bounds(kept: "NDArray[np.float64]") -> object:
    from scipy.optimize import Bounds  # noqa: PLC0415

    return Bounds(kept, 1)


def _constraints(able: Sequence[Candidate], pairs: "NDArray[np.int64]", *, rules: Rules, needs: int) -> list[object]:
    """Seats and groups over members; a need is met once, by a member."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import LinearConstraint  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    count, width = len(able), len(able) + len(pairs)

    def row(places: Collection[int]) -> "NDArray[np.float64]":
        line = np.zeros(width)
        line[list(places)] = 1
        return line

    limits = [(row(range(count)), 0, rules.size)]
    for house, least in rules.seats.items():
        limits.append((row([at for at, each in enumerate(able) if each.house == house]), least, rules.size))
    for group in sorted({each.group for each in able if each.group}):
        limits.append((row([at for at, each in enumerate(able) if each.group == group]), 0, 1))
    for need in range(needs):
        limits.append((row((np.flatnonzero(pairs[:, 1] == need) + count).tolist()), 0, 1))
    numbers = np.arange(len(pairs))
    by_member = csr_array(
        (
            np.concatenate([np.ones(len(pairs)), -np.ones(len(pairs))]),
            (np.concatenate([numbers, numbers]), np.concatenate([numbers + count, pairs[:, 0]])),
        ),
        shape=(len(pairs), width),
    )
    lines, fewest, most = (np.array(column) for column in zip(*limits, strict=True))
    constraints: list[object] = [LinearConstraint(csr_array(lines), fewest, most)]
    return [*constraints, LinearConstraint(by_member, -np.inf, 0)] if len(pairs) else constraints
