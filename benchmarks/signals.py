"""What each signal adds, and the weights that folds choose over all development sets together, as Markdown.

    python -m benchmarks.signals FOLDER [--semantic]

FOLDER holds partners/*/ with relevant.tsv and expertise/*/ with truth.tsv, which only the scoring reads. --semantic
adds sentence vectors; they are kept in build/, since making them takes a quarter of an hour.
"""

import argparse
import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.baselines import best_baseline
from benchmarks.evidence import SIDES, Evidence, Weights, expertise_set, partner_set

FOLDS, SAMPLES, SEED = 5, 4_000, 1
Row = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """Of one set under some weights: a figure for each question or judge, and triple@10 where there are any."""

    gained: Row
    possible: Row
    triples: Row

    def mean(self, kept: "NDArray[np.bool_] | None" = None) -> float:
        """Gained of possible: mean nDCG@20, or 1 - weighted Kendall loss."""
        kept = np.ones(len(self.gained), dtype=np.bool_) if kept is None else kept
        return float(self.gained[kept].sum() / self.possible[kept].sum())


class Bench:
    """One development set with its truth."""

    def __init__(self, folder: Path, *, semantic: bool):
        self.name, self.is_partners = folder.name, folder.parent.name == "partners"
        self.evidence = (partner_set if self.is_partners else expertise_set)(folder, semantic=semantic)
        self.truth = _truth(folder, self.evidence)
        self._measured: dict[Weights, Measured] = {}
        self.baseline_name, scores = best_baseline(self.evidence) if self.is_partners else ("", None)
        self.baseline = self._measure(scores) if scores is not None else None

    def measured(self, weights: Weights) -> Measured:
        if weights not in self._measured:
            self._measured[weights] = self._measure(self.evidence.scores(weights))
        return self._measured[weights]

    def _measure(self, scores: NDArray[np.float32]) -> Measured:
        return self._partners(scores) if self.is_partners else self._experts(scores)

    def _partners(self, scores: NDArray[np.float32]) -> Measured:
        numbers = [number for number, right in enumerate(self.truth) if right]
        gains = [_ndcg(scores[number], set(self.truth[number])) for number in numbers]
        won = [_triple(scores[number], self.truth[number], self.evidence.sides) for number in numbers]
        triples = np.array([each for each in won if each is not None])
        return Measured(np.array(gains), np.ones(len(gains)), triples)

    def _experts(self, scores: NDArray[np.float32]) -> Measured:
        rows: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        for entry, rated in enumerate(self.truth):
            for judge, value in rated.items():
                rows[judge].append((value, float(scores[entry, judge])))
        told = np.array([_ordered(rows[judge]) for judge in sorted(rows)])
        return Measured(told[:, 0], told[:, 1], np.zeros(0))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--semantic", action="store_true")
    options = parser.parse_args()
    folders = sorted(each for kind in ("partners", "expertise") for each in (options.folder / kind).iterdir())
    benches = [Bench(folder, semantic=options.semantic) for folder in folders if folder.is_dir()]
    _print_signals(benches, semantic=options.semantic)
    _print_folds(benches, semantic=options.semantic)


def _print_signals(benches: Sequence[Bench], *, semantic: bool) -> None:
    rows = {"words": Weights(2, 0), "latent": Weights(0, 1), "words + latent": Weights(2, 1)}
    if semantic:
        with_vectors = {name: replace(each, vectors=4.0) for name, each in rows.items()}
        rows |= {"vectors": Weights(0, 0, 4)} | {f"{name} + vectors": each for name, each in with_vectors.items()}
    print(
        "| | " + " | ".join(bench.name for bench in benches) + " | pooled ratio |\n" + "|---" * (len(benches) + 2) + "|"
    )
    said = [f"{bench.baseline_name}: {_told(bench.baseline)}" if bench.baseline else "" for bench in benches]
    print("| best baseline | " + " | ".join(said) + " | 1 |")
    for name, weights in rows.items():
        told = [_told(bench.measured(weights)) for bench in benches]
        print(f"| {name} | " + " | ".join(told) + f" | {pooled(benches, weights)} |", flush=True)


def _told(measured: Measured) -> str:
    mean = measured.mean()
    return f"{mean:.3f} / {measured.triples.mean():.3f}" if len(measured.triples) else f"loss {1 - mean:.3f}"


def pooled(benches: Sequence[Bench], weights: Weights) -> str:
    """nDCG@20 over the pooled questions of the partner sets as a ratio to the best baseline of each, with 95 %."""
    ours = np.concatenate([bench.measured(weights).gained for bench in benches if bench.baseline])
    theirs = np.concatenate([bench.baseline.gained for bench in benches if bench.baseline])
    draw = np.random.default_rng(SEED)
    samples = [draw.integers(0, len(ours), len(ours)) for _ in range(SAMPLES)]
    low, high = np.percentile([ours[some].mean() / theirs[some].mean() for some in samples], [2.5, 97.5])
    return f"{ours.mean() / theirs.mean():.3f} [{low:.3f}; {high:.3f}]"


def _print_folds(benches: Sequence[Bench], *, semantic: bool) -> None:
    """Weights chosen on four fifths of the questions of every set, measured on the last fifth, five times."""
    grid = [
        Weights(2.0, latent, near, exponent, patience)
        for latent, near, exponent, patience in itertools.product(
            (0.5, 1.0, 2.0), (2.0, 4.0, 8.0) if semantic else (0.0,), (1.5, 2.0, 3.0), (0.9, 0.95, 1.0)
        )
    ]
    print("\n| fold | chosen on the rest: latent, vectors, exponent, patience | on the fold |\n|---|---|---|")
    for fold in range(FOLDS):
        chosen = max(grid, key=lambda weights: _worth(benches, weights, fold=fold, inside=False))
        values = f"{chosen.latent}, {chosen.vectors}, {chosen.exponent}, {chosen.patience}"
        print(f"| {fold + 1} | {values} | {_worth(benches, chosen, fold=fold, inside=True):.3f} |", flush=True)
    used = Weights(vectors=4.0 if semantic else 0.0)
    means = [_worth(benches, used, fold=fold, inside=True) for fold in range(FOLDS)]
    ranked = sorted(grid, key=lambda weights: -_worth(benches, weights))
    print(f"\nThe weights in use: {', '.join(f'{mean:.3f}' for mean in means)} on the folds; "
          f"place {ranked.index(used) + 1} of {len(grid)} over everything, {_worth(benches, used):.3f} "
          f"where the best has {_worth(benches, ranked[0]):.3f} ({ranked[0]}).")  # fmt: skip


def _worth(benches: Sequence[Bench], weights: Weights, *, fold: int | None = None, inside: bool = False) -> float:
    """The mean over all sets of our figure as a ratio to that of the best baseline, or to half for experts."""
    ratios = []
    for bench in benches:
        measured = bench.measured(weights)
        at = np.arange(len(measured.gained)) % FOLDS
        kept = np.ones(len(at), dtype=np.bool_) if fold is None else (at == fold) == inside
        ratios.append(measured.mean(kept) / (bench.baseline.mean(kept) if bench.baseline else 0.75))
    return float(np.mean(ratios))


def _truth(folder: Path, evidence: Evidence) -> list[dict[int, float]]:
    """By question the owners that are right, or each judge's own rating."""
    owners = {name: number for number, name in enumerate(evidence.owners)}
    asked = {line["id"]: number for number, line in enumerate(evidence.questions)}
    found: list[dict[int, float]] = [{} for _ in evidence.questions]
    is_partners = folder.parent.name == "partners"
    for line in (folder / ("relevant.tsv" if is_partners else "truth.tsv")).read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        question, owner, value = (row[0], row[1], 1.0) if is_partners else (row[1], row[0], float(row[2]))
        found[asked[question]][owners[owner]] = value
    return found


def _ndcg(scores: NDArray[np.float32], right: set[int], depth: int = 20) -> float:
    best = np.argsort(-scores, kind="stable")[:depth].tolist()
    gain = sum(1 / math.log2(place + 2) for place, owner in enumerate(best) if owner in right)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(depth, len(right))))


def _triple(scores: NDArray[np.float32], right: Mapping[int, float], sides: NDArray[np.int64]) -> float | None:
    """Whether a business, a university and a state body (or a second university) are each among ten of their side."""
    own = [{owner for owner in right if sides[owner] == side} for side in range(len(SIDES))]
    state, academia, business = own[:3]
    if not business or not academia or not (state or len(academia) >= 2):
        return None
    found = []
    for side in range(3):
        members = np.flatnonzero(sides == side)
        first = members[np.argsort(-scores[members], kind="stable")[:10]]
        found.append(len(own[side] & set(first.tolist())))
    return float(found[2] >= 1 and found[1] >= 1 and (found[0] >= 1 if state else found[1] >= 2))


def _ordered(rated: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Over all pairs of one judge the difference that is rightly ordered, and all of it (half of it where equal)."""
    gained = possible = 0.0
    for (one, ours), (other, theirs) in itertools.combinations(rated, 2):
        gap = abs(one - other)
        possible += gap
        gained += gap / 2 if ours == theirs else gap * ((one > other) == (ours > theirs))
    return gained, possible


if __name__ == "__main__":
    main()
