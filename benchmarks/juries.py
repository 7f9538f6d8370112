"""Simulated juries: what judges of known habits give to entries of known merit. The same seed, the same jury.

A score is 6 + 1.13 * (offset of the judge + scale of the judge * (merit + noise)), to the nearest half, from 1 to 10.
The spreads are those fitted to conferences: mild is NeurIPS 2014 (Cortes & Lawrence, arXiv 2109.09774).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Design:
    """Sizes and habits; variances are in units of the variance of merit, deviations of logarithms.

    The merit of all entries has variance 1, track_sd squared of it between tracks.
    missing: share of reviews that never came. careless: judges whose scores have nothing to do with merit.
    layout: "random", "disjoint" (judges stay in their track) or "bridged" (one review from another track).
    """

    name: str
    k: int = 3
    entries: int = 200
    judges: int = 30
    offset: float = 0.5
    scale: float = 0.2
    noise: float = 1.0
    uneven: float = 0.2
    missing: float = 0.0
    careless: int = 0
    tracks: int = 1
    track_sd: float = 0.0
    layout: str = "random"


MILD = Design("mild k=3", offset=0.19, scale=0.0, noise=0.99, uneven=0.0)
MODERATE = Design("moderate k=3")
STRONG = Design("strong k=3", offset=1.0, scale=0.4, uneven=0.4)
DESIGNS = (
    MILD,
    MODERATE,
    STRONG,
    replace(MODERATE, name="moderate k=5", k=5),
    replace(STRONG, name="strong k=5", k=5),
    replace(MODERATE, name="120 judges of 5 entries", judges=120),
    replace(MODERATE, name="35 % of reviews missing", k=5, missing=0.35),
    replace(MODERATE, name="3 of 30 judges careless", careless=3),
    replace(MODERATE, name="tracks equal, random", tracks=5),
    replace(MODERATE, name="tracks differ, random", tracks=5, track_sd=0.7),
    replace(MODERATE, name="tracks equal, disjoint", tracks=5, layout="disjoint"),
    replace(MODERATE, name="tracks differ, disjoint", tracks=5, track_sd=0.7, layout="disjoint"),
    replace(MODERATE, name="tracks differ, 1 of 3 bridged", tracks=5, track_sd=0.7, layout="bridged"),
)


@dataclass
class Jury:
    """One drawn jury: `score[r]` is what judge[r] gave to entry[r]; merit is the truth."""

    design: Design
    merit: Floats
    track: Ints
    entry: Ints
    judge: Ints
    score: Floats
    habits: "Habits"
    random: np.random.Generator

    def read(self, entry: Ints, judge: Ints) -> Floats:
        """What these judges give to these entries."""
        return self.habits.scores(self.merit[entry], judge, self.random)


@dataclass(frozen=True)
class Habits:
    """Offset, scale and noise of each judge, and who is careless."""

    offset: Floats
    scale: Floats
    noise: Floats
    careless: NDArray[np.bool_]

    def scores(self, merit: Floats, judge: Ints, random: np.random.Generator) -> Floats:
        said = np.where(self.careless[judge], random.standard_normal(len(merit)), merit)
        heard = said + self.noise[judge] * random.standard_normal(len(merit))
        points = 6 + 1.13 * (self.offset[judge] + self.scale[judge] * heard)
        return np.clip(np.round(points * 2) / 2, 1, 10)


def jury(design: Design, seed: int) -> Jury:
    """The jury of this seed."""
    random = np.random.default_rng([seed, 6_000])
    track = random.permutation(np.arange(design.entries) % design.tracks)
    own = np.sqrt(1 - design.track_sd**2) * random.standard_normal(design.entries)
    merit = own + design.track_sd * random.standard_normal(design.tracks)[track]
    habits = Habits(
        offset=np.sqrt(design.offset) * random.standard_normal(design.judges),
        scale=np.exp(design.scale * random.standard_normal(design.judges)),
        noise=np.sqrt(design.noise) * np.exp(design.uneven * random.standard_normal(design.judges)),
        careless=random.permutation(design.judges) < design.careless,
    )
    entry, judge = seats(design, track, random)
    kept = random.random(len(entry)) >= design.missing
    kept[np.unique(entry, return_index=True)[1]] = True
    entry, judge = entry[kept], judge[kept]
    return Jury(design, merit, track, entry, judge, habits.scores(merit[entry], judge, random), habits, random)


def seats(design: Design, track: Ints, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Who reads what, with equal loads: `k` different judges for each entry."""
    home = np.arange(design.judges) % design.tracks
    taken: list[set[int]] = [set() for _ in range(design.entries)]
    for turn in range(design.k):
        abroad = design.layout == "bridged" and turn == design.k - 1
        for name in range(design.tracks):
            entries = np.flatnonzero(track == name) if design.layout != "random" else np.arange(design.entries)
            judges = np.flatnonzero((home != name) if abroad else (home == name))
            if design.layout == "random":
                judges = np.arange(design.judges)
            _deal(entries, judges, taken=taken, random=random)
            if design.layout == "random":
                break
    pairs = [(entry, judge) for entry, judges in enumerate(taken) for judge in sorted(judges)]
    return np.array([entry for entry, _ in pairs]), np.array([judge for _, judge in pairs])


def _deal(entries: Ints, judges: Ints, *, taken: list[set[int]], random: np.random.Generator) -> None:
    """One judge more for each of these entries, in turns, none twice for the same entry."""
    while True:
        hand = random.permutation(np.resize(random.permutation(judges), len(entries)))
        for at in range(len(entries)):
            for _ in range(100):
                if hand[at] not in taken[entries[at]]:
                    break
                other = int(random.integers(len(entries)))
                if hand[at] not in taken[entries[other]] and hand[other] not in taken[entries[at]]:
                    hand[at], hand[other] = hand[other], hand[at]
        if all(judge not in taken[entry] for entry, judge in zip(entries, hand, strict=True)):
            break
    for entry, judge in zip(entries, hand, strict=True):
        taken[entry].add(int(judge))
