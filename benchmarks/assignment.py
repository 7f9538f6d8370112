"""How fast and how good the assignment is at the size of a large conference, and with every rule at that of a contest.

    python -m benchmarks.assignment [--seed 0] [--small]

2,000 entries x 300 judges x 5 readings, loads 20 to 40, 2.6 % conflicts, affinity the cosine of topics with noise:
the plain greatest total, and the worst pair raised first. 200 x 30 x 5: panel mix, one judge an organisation, a reader
from outside; then late conflicts repaired. CPU seconds and JSON out.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from marketplace.judging import assignment
from marketplace.judging.assignment import Assignment, Demand, Question

SIDES = ("state", "academia", "business")


def main() -> None:
    """Measure both sizes, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--small", action="store_true", help="Only the contest, not the conference.")
    options = parser.parse_args()
    told: dict[str, Any] = {"benchmark": "assignment", "seed": options.seed}
    if not options.small:
        told["2000 x 300 x 5"] = _large(options.seed)
    told["200 x 30 x 5 with rules"] = _with_rules(options.seed)
    print(json.dumps(told, indent=1))


def question(entries: int, judges: int, *, seed: int, loads: tuple[int, int]) -> Question:
    """Topics of entries and judges from one Dirichlet distribution, 5 reviews, random and same-house conflicts."""
    random = np.random.default_rng(seed)
    one, other = (random.dirichlet(np.full(20, 0.25), count) for count in (entries, judges))
    cosine = one @ other.T / (np.linalg.norm(one, axis=1)[:, None] * np.linalg.norm(other, axis=1))
    gains = np.clip(cosine + 0.15 * random.standard_normal(cosine.shape), 0, 1)
    same_house = random.integers(0, 100, entries)[:, None] == random.integers(0, 100, judges)
    return Question(
        tuple(range(entries)),
        tuple(range(judges)),
        gains,
        allowed=~(same_house | (random.random(gains.shape) < 0.016)),
        reviews=np.full(entries, 5),
        least=np.full(judges, loads[0]),
        most=np.full(judges, loads[1]),
    )


def _large(seed: int) -> dict[str, Any]:
    asked = question(2000, 300, seed=seed, loads=(20, 40))
    plain, plain_s = _timed(lambda: assignment.assign(asked))
    fair, fair_s = _timed(lambda: assignment.assign(asked, fair=True))
    return {
        "greatest total": {"cpu s": plain_s, **_quality(asked, plain)},
        "worst pair first": {
            "cpu s": fair_s,
            **_quality(asked, fair),
            "of optimum": round(fair.total / plain.total, 5),
        },
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _with_rules(seed: int) -> dict[str, Any]:
    asked = question(200, 30, seed=seed, loads=(20, 40))
    demands = _demands(seed)
    # the solver's modules are loaded once in a process, which is not what is measured
    assignment.assign(question(10, 6, seed=seed, loads=(0, 20)), demands=_demands(seed)[:3])
    plain, _ = _timed(lambda: assignment.assign(asked))
    mixed, mixed_s = _timed(lambda: assignment.assign(asked, demands=demands))
    quality = _quality(asked, mixed)
    random = np.random.default_rng(seed)
    lost = [pair for pair in mixed.pairs if random.random() < 0.03]
    for entry, judge in lost:
        asked.allowed[entry, judge] = False
    mended, mended_s = _timed(lambda: assignment.repair(asked, held=mixed.pairs, demands=demands))
    moved = len(set(mixed.pairs) - set(lost) - set(mended.pairs))
    return {
        "all rules": {"cpu s": mixed_s, **quality, "of optimum": round(mixed.total / plain.total, 5)},
        "repair": {"cpu s": mended_s, "lost": len(lost), "others moved": moved},
    }


def _demands(seed: int) -> list[Demand]:
    random = np.random.default_rng([seed, 1])
    sides = {judge: SIDES[judge % 3] for judge in range(30)}
    houses = {judge: {int(random.integers(20))} for judge in range(30)}
    fields = {entry: str(random.integers(5)) for entry in range(200)}
    homes = {judge: str(judge % 5) for judge in range(30)}
    mix = assignment.panel_mix(sides, needed=SIDES)
    return [*mix, *assignment.one_per_organisation(houses), *assignment.bridges(fields, homes)]


def _quality(asked: Question, found: Assignment) -> dict[str, float]:
    gains = np.array([asked.gains[pair] for pair in found.pairs])
    rows = np.array([entry for entry, _ in found.pairs])
    by_entry = np.bincount(rows, gains) / np.bincount(rows)
    loads = np.bincount([judge for _, judge in found.pairs], minlength=len(asked.judges))
    return {
        "mean": round(float(gains.mean()), 4),
        "worst entry": round(float(by_entry.min()), 3),
        "of its bound": round(float(by_entry.min()) / _worst_entry_at_best(asked), 3),
        "worst pair": round(float(gains.min()), 3),
        "conflicts": sum(not asked.allowed[pair] for pair in found.pairs),
        "least load": int(loads.min()),
        "most load": int(loads.max()),
    }


def _worst_entry_at_best(asked: Question) -> float:
    """Mean affinity above which no assignment lifts all entries: each alone with its best judges."""
    free = np.where(asked.allowed, asked.gains, -1)
    best = np.sort(free, axis=1)[:, ::-1]
    return float(min(row[:reviews].mean() for row, reviews in zip(best, asked.reviews, strict=True)))


def _timed(work: Callable[[], Assignment]) -> tuple[Assignment, float]:
    begun = time.process_time()
    found = work()
    return found, round(time.process_time() - begun, 3)


if __name__ == "__main__":
    main()
