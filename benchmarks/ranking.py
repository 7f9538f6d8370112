"""Does the adjusted estimate find the best entries more often than the plain mean, and does it know how sure it is?

    python -m benchmarks.ranking [--seeds 150] [--first 0] [--only bars|designs|...]

Every figure of the adjusted estimate stands beside that of the raw mean; JSON out. Generators: benchmarks/juries.py.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from benchmarks.juries import DESIGNS, MODERATE, Floats, Ints, Jury, jury
from marketplace.judging.ranking.estimate import Estimate, estimate
from marketplace.judging.ranking.places import draws, places
from marketplace.judging.ranking.readings import Readings

TOP = 10
FRIENDS = (20, 40)  # the true places, from 0, among which a colluding judge's friend stands


def main() -> None:
    """Run every part, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=150)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", choices=sorted(PARTS), action="append")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.seeds)
    figures = {name: PARTS[name](seeds) for name in options.only or PARTS}
    print(json.dumps({"benchmark": "ranking", "seeds": [seeds.start, seeds.stop - 1], **figures}, indent=1))


def readings_of(drawn: Jury) -> Readings:
    """What the product gets to see of a jury: scores and tracks."""
    return Readings(
        entries=tuple(range(drawn.design.entries)),
        judges=tuple(range(drawn.design.judges)),
        entry=drawn.entry,
        judge=drawn.judge,
        score=drawn.score,
        category=drawn.track,
    )


def raw_means(drawn: Jury) -> Floats:
    """The plain baseline."""
    given = readings_of(drawn)
    return given.mean_of(drawn.entry, drawn.design.entries)


def tau_b(one: Floats, other: Floats) -> float:
    """Kendall's tau-b."""
    upper = np.triu_indices(len(one), 1)
    left, right = (np.sign(each[:, None] - each[None, :])[upper] for each in (one, other))
    return float((left * right).sum() / np.sqrt((left != 0).sum() * (right != 0).sum()))


def recall(values: Floats, merit: Floats) -> float:
    """The share of the truly best TOP that is among the best TOP."""
    return len(set(best(values)) & set(best(merit))) / TOP


def best(values: Floats) -> list[int]:
    return np.argsort(-values, kind="stable")[:TOP].tolist()


def by_design(seeds: range) -> dict[str, object]:
    """Kendall's tau and top-10 recall in every listed design; gain is the mean of the paired differences."""
    return {design.name: compared([jury(design, seed) for seed in seeds]) for design in DESIGNS}


def compared(juries: list[Jury]) -> dict[str, object]:
    rows = []
    for drawn in juries:
        values = (raw_means(drawn), estimate(readings_of(drawn)).merit)
        rows.append([measure(each, drawn.merit) for measure in (tau_b, recall) for each in values])
    table = np.array(rows)
    told = dict(zip(("tau raw", "tau adjusted", "recall raw", "recall adjusted"), _means(table), strict=True))
    for name, at in (("tau", 0), ("recall", 2)):
        gains = table[:, at + 1] - table[:, at]
        told |= {f"{name} gain": _shown(gains.mean()), f"{name} gain s.e.": _error(gains)}
    return told


def uncertainty(seeds: range) -> dict[str, object]:
    """How often 90 % intervals of places hold the true place, and stated chances beside what happened."""
    held, widths, stated, came = [], [], [], []
    for seed in seeds:
        drawn = jury(MODERATE, seed)
        sure = places(draws(estimate(readings_of(drawn)).fit), cut=TOP)
        true = np.argsort(np.argsort(-drawn.merit)) + 1
        held.append(((sure.low <= true) & (true <= sure.high)).mean())
        widths.append((sure.high - sure.low).mean())
        stated.append(sure.chance)
        came.append(true <= TOP)
    return {"coverage": _shown(np.mean(held)), "mean width": _shown(np.mean(widths)), "chances": _bins(stated, came)}


def _bins(stated: list[Floats], came: list[Floats]) -> list[dict[str, float]]:
    chances, outcomes = np.concatenate(stated), np.concatenate(came)
    edges = (0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1.0001)
    found = []
    for low, high in pairwise(edges):
        within = (chances >= low) & (chances < high)
        if within.any():
            told = (chances[within].mean(), outcomes[within].mean())
            found.append({"n": int(within.sum()), "stated": _shown(told[0]), "came": _shown(told[1])})
    return found


def extra_readings(seeds: range) -> dict[str, object]:
    """Top-10 recall after 60 more readings: none, anywhere, where the chance is most open; refitted every 20."""
    rows = [[_after(seed, policy) for policy in (None, "anywhere", "open")] for seed in seeds]
    none, anywhere, targeted = np.array(rows).T
    gain = targeted - none
    told = {"none": _shown(none.mean()), "60 anywhere": _shown(anywhere.mean()), "60 targeted": _shown(targeted.mean())}
    return told | {"targeted gain": _shown(gain.mean()), "s.e.": _error(gain)}


def _after(seed: int, policy: str | None) -> float:
    drawn = jury(MODERATE, seed)
    chooser = np.random.default_rng([seed, 1])
    for _ in range(3 if policy else 0):
        open_ = chooser.random(drawn.design.entries)
        if policy == "open":
            chance = places(draws(estimate(readings_of(drawn)).fit), cut=TOP).chance
            open_ = chance * (1 - chance)
        drawn = _read_again(drawn, np.argsort(-open_, kind="stable")[:20], chooser)
    return recall(estimate(readings_of(drawn)).merit, drawn.merit)


def _read_again(drawn: Jury, entries: Ints, chooser: np.random.Generator) -> Jury:
    """Each of these entries gets one more judge who has not read it."""
    had = {entry: set(drawn.judge[drawn.entry == entry].tolist()) for entry in entries.tolist()}
    fresh = np.array([chooser.choice([j for j in range(drawn.design.judges) if j not in had[e]]) for e in had])
    return replace(
        drawn,
        entry=np.concatenate([drawn.entry, entries]),
        judge=np.concatenate([drawn.judge, fresh]),
        score=np.concatenate([drawn.score, drawn.read(entries, fresh)]),
    )


def collusion(seeds: range) -> dict[str, object]:
    """How often a friend of true place 21 to 40 enters the top 10: honest, with a 10, with a 10 beside lowered marks.

    And how many planted and honest readings are flagged.
    """
    told: dict[str, object] = {}
    for k in (3, 5):
        rows, caught, false = [], [], []
        for seed in seeds:
            worlds = _worlds(jury(replace(MODERATE, k=k), seed))
            rows.append([_friend_wins(world, values) for values in VALUES for world in worlds])
            flags = [_flagged(world) for world in (worlds[0][0], worlds[2][0])]
            caught.append(flags[1][worlds[2][1]])
            false.append(flags[0].mean())
        means = _means(np.array(rows))
        told[f"k={k}"] = {
            "raw": means[:3],
            "adjusted": means[3:],
            "planted flagged": _shown(np.mean(caught)),
            "honest flagged": _shown(np.mean(false)),
        }
    return told


World = tuple[Jury, int]


def _worlds(drawn: Jury) -> list[World]:
    """The same jury honest, with a planted 10, and with all other marks of that judge lowered too."""
    chooser = np.random.default_rng([drawn.design.k, int(1e6 * abs(drawn.merit[0]))])
    friend = np.argsort(-drawn.merit)[chooser.integers(*FRIENDS)]
    at = int(chooser.choice(np.flatnonzero(drawn.entry == friend)))
    tens, lowered = drawn.score.copy(), drawn.score.copy()
    tens[at] = 10
    lowered[drawn.judge == drawn.judge[at]] -= 2
    lowered[at] = 10
    return [(replace(drawn, score=np.clip(score, 1, 10)), at) for score in (drawn.score, tens, lowered)]


def _friend_wins(world: World, values: Callable[[Jury], Floats]) -> float:
    drawn, at = world
    return float(drawn.entry[at] in best(values(drawn)))


def _flagged(drawn: Jury) -> np.ndarray:
    return estimate(readings_of(drawn)).outlying()


def _adjusted(drawn: Jury) -> Floats:
    return estimate(readings_of(drawn)).merit


VALUES = (raw_means, _adjusted)


def speed(_seeds: range) -> dict[str, object]:
    """CPU seconds of one estimate, of the draws beside it; the best of three."""
    contest = replace(MODERATE, tracks=5)
    sizes = {
        "200 x 30 x 3": MODERATE,
        "200 x 30 x 5, 5 fields": replace(contest, k=5),
        "980 x 60 x 3, 5 fields": replace(contest, entries=980, judges=60),
        "2000 x 300 x 5, 5 fields": replace(contest, entries=2000, judges=300, k=5),
    }
    told: dict[str, object] = {}
    for name, design in sizes.items():
        given = readings_of(jury(design, 0))
        found: list[Estimate] = []
        fitting = _least_cpu(lambda given=given, found=found: found.append(estimate(given)))
        drawing = _least_cpu(lambda found=found: places(draws(found[0].fit), cut=TOP))
        told[name] = {"estimate s": fitting, "places s": drawing}
    return told


def _least_cpu(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return round(min(times), 3)


def _means(table: Floats) -> list[float]:
    return [_shown(value) for value in table.mean(axis=0)]


def _error(values: Floats) -> float:
    return _shown(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _shown(value: float) -> float:
    return round(float(value), 4)


PARTS: dict[str, Callable[[range], object]] = {
    "designs": by_design,
    "uncertainty": uncertainty,
    "extra readings": extra_readings,
    "collusion": collusion,
    "speed": speed,
}

if __name__ == "__main__":
    main()
