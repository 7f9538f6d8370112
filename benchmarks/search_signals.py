"""What each sort of match adds to search, and the weights that folds choose over all sets together, as Markdown.

    python -m benchmarks.search_signals FOLDER

FOLDER holds search/*/ with documents, queries and relevant.tsv, which only the scoring reads. Scores every document
that is in the language asked for, so it tells of the order alone; `flask search rank` measures candidates too.
"""

import argparse
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marketplace.relevance.folders import Line, read_lines
from marketplace.relevance.tokens import TOPIC_MARK
from marketplace.search import plan, scoring
from marketplace.search.finding import FIELDS
from marketplace.search.plan import Plan, Wanted
from marketplace.search.syntax import parse
from marketplace.search.terms import Indexed, Said, index

FOLDS, SAMPLES, SEED, DEPTH = 5, 4_000, 1, 10
_SORTS = ("word", "syllables", "pair", "marks", "topic")


@dataclass(frozen=True)
class Weights:
    """What each sort of match counts beside a word, and BM25F's k1 and b."""

    syllables: float = plan.SYLLABLES_WEIGHT
    pair: float = plan.PAIR_WEIGHT
    marks: float = plan.MARKS_WEIGHT
    topic: float = plan.TOPIC_WEIGHT
    k1: float = scoring.K1
    b: float = scoring.B


@dataclass(frozen=True)
class Question:
    """One query: for what it wants the counts by document and field, and which documents are right."""

    kind: str
    sorts: NDArray[np.int64]
    rarities: NDArray[np.float64]
    counts: NDArray[np.float32]
    lengths: NDArray[np.float64]
    is_short: bool
    holds_all: NDArray[np.bool_]
    right: NDArray[np.bool_]


class Bench:
    """One set; figures by kind of query: plain or without diacritics, and its language."""

    def __init__(self, folder: Path):
        self.name = folder.name
        documents = read_lines(folder, "documents")
        indexed = [index(Said(each.get("title") or "", (), each.get("text") or "")) for each in documents]
        self.means = np.array([each.lengths for each in indexed], dtype=float).mean(axis=0)
        held = Counter(term for each in indexed for term in each.terms)
        right = _right(folder)
        self.questions = [
            _question(query, documents, indexed, held=held, right=right[query["id"]])
            for query in read_lines(folder, "queries")
            if not query["id"].endswith("-xl")
        ]

    def figures(self, weights: Weights) -> dict[str, NDArray[np.float64]]:
        """By kind R@1 and nDCG@10 of each of its queries."""
        found = defaultdict(list)
        for question in self.questions:
            found[f"{self.name} {question.kind}"].append(self._figures(question, weights))
        return {kind: np.array(rows) for kind, rows in found.items()}

    def _figures(self, question: Question, weights: Weights) -> tuple[float, float]:
        norms = np.where(self.means > 0, 1 - weights.b + weights.b * question.lengths / np.maximum(self.means, 1e-9), 1)
        said = (question.counts * (np.array(scoring.FIELD_WEIGHTS) / norms)[None]).sum(axis=2)
        worth = (
            np.array([1.0, weights.syllables, weights.pair, weights.marks, weights.topic])[question.sorts]
            * question.rarities
        )
        scores = (worth[:, None] * said / (weights.k1 + said)).sum(axis=0)
        if question.is_short:
            scores = scores + question.holds_all * 1e6
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        hits = question.right[best]
        ideal = sum(1 / math.log2(place + 2) for place in range(min(DEPTH, int(question.right.sum()))))
        gain = sum(1 / math.log2(place + 2) for place in np.flatnonzero(hits).tolist())
        return float(hits[0]) / max(1, int(question.right.sum())), gain / ideal if ideal else 0.0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder / "search"
    benches = [Bench(each) for each in sorted(folder.iterdir()) if each.is_dir()]
    used = Weights()
    rows = {
        "words": replace(used, syllables=0, pair=0, marks=0, topic=0),
        "and pairs of syllables": replace(used, pair=0, marks=0, topic=0),
        "and other pairs": replace(used, marks=0, topic=0),
        "and topics": replace(used, marks=0),
        "and marks: in use": used,
    }
    print("Mean and 95 % interval of 4,000 bootstrap samples; R@1 of XQuAD, nDCG@10 of Cranfield.\n")
    for name, weights in rows.items():
        told = {kind: _told(kind, figures) for bench in benches for kind, figures in bench.figures(weights).items()}
        if weights == rows["words"]:
            print("| | " + " | ".join(told) + " |\n" + "|---" * (len(told) + 1) + "|")
        print(f"| {name} | " + " | ".join(told.values()) + " |", flush=True)
    _print_folds(benches, used)


def _column(kind: str) -> int:
    return 0 if kind.startswith("xquad") else 1


def _told(kind: str, figures: NDArray[np.float64]) -> str:
    values = figures[:, _column(kind)]
    draw = np.random.default_rng(SEED)
    low, high = np.percentile(
        [values[draw.integers(0, len(values), len(values))].mean() for _ in range(SAMPLES)], [2.5, 97.5]
    )
    return f"{values.mean():.3f} [{low:.3f}; {high:.3f}]"


def _print_folds(benches: Sequence[Bench], used: Weights) -> None:
    grid = [
        Weights(syllables=syllables, pair=pair, marks=marks, k1=k1)
        for syllables, pair, marks, k1 in itertools.product(
            (0.4, 0.5, 0.6, 0.7), (0.1, 0.2, 0.4), (0.0, 0.15, 0.3), (1.2, 1.5, 1.8)
        )
    ]
    figures = {weights: _all_figures(benches, weights) for weights in dict.fromkeys([*grid, used])}
    print("\n| fold | chosen on the rest: syllables, pair, marks, k1 | on the fold | in use |\n|---|---|---|---|")
    for fold in range(FOLDS):
        chosen = max(grid, key=lambda weights: _worth(figures[weights], fold=fold, inside=False))
        said = f"{chosen.syllables}, {chosen.pair}, {chosen.marks}, {chosen.k1}"
        inside = [_worth(figures[each], fold=fold, inside=True) for each in (chosen, used)]
        print(f"| {fold + 1} | {said} | {inside[0]:.4f} | {inside[1]:.4f} |", flush=True)
    ranked = sorted(figures, key=lambda weights: -_worth(figures[weights]))
    print(f"\nIn use: place {ranked.index(used) + 1} of {len(ranked)} over everything, {_worth(figures[used]):.4f} "
          f"where the best has {_worth(figures[ranked[0]]):.4f} ({ranked[0]}).")  # fmt: skip


def _all_figures(benches: Sequence[Bench], weights: Weights) -> dict[str, NDArray[np.float64]]:
    return {kind: values for bench in benches for kind, values in bench.figures(weights).items()}


def _worth(figures: Mapping[str, NDArray[np.float64]], *, fold: int | None = None, inside: bool = False) -> float:
    """The mean over all kinds of query of nDCG@10, which tells more than R@1 of the same queries."""
    means = []
    for values in figures.values():
        at = np.arange(len(values)) % FOLDS
        kept = np.ones(len(at), dtype=np.bool_) if fold is None else (at == fold) == inside
        means.append(values[kept, 1].mean())
    return float(np.mean(means))


def _question(
    query: Line, documents: Sequence[Line], indexed: Sequence[Indexed], *, held: Mapping[str, int], right: set[str]
) -> Question:
    asked = Plan(parse(query["text"], fields=FIELDS))
    kept = [at for at, each in enumerate(documents) if query.get("doc_lang") in {None, "", each.get("lang")}]
    collection = scoring.Collection(len(documents), (1, 1, 1), held)
    return Question(
        kind=f"{'without diacritics' if query['id'].endswith('-noaccent') else 'plain'} {query['lang']}",
        sorts=np.array([_SORTS.index(_sort(want)) for want in asked.wanted]),
        rarities=np.array([collection.rarity(want.term) for want in asked.wanted]),
        counts=np.array([[list(_counts(indexed[at], want)) for at in kept] for want in asked.wanted], dtype=np.float32),
        lengths=np.array([indexed[at].lengths for at in kept], dtype=float),
        is_short=asked.is_short,
        holds_all=np.array([_holds(indexed[at], asked) for at in kept]),
        right=np.array([documents[at]["id"] in right for at in kept]),
    )


def _sort(want: Wanted) -> str:
    if want.is_exact:
        return "marks"
    if want.term.startswith(TOPIC_MARK):
        return "topic"
    if "_" not in want.term:
        return "word"
    return "syllables" if want.weight == plan.SYLLABLES_WEIGHT else "pair"


def _counts(indexed: Indexed, want: Wanted) -> Iterator[int]:
    string = indexed.exact if want.is_exact else indexed.folded
    return (part.count(want.spelling) for part in string.split("\n"))


def _holds(indexed: Indexed, asked: Plan) -> bool:
    return all(term in indexed.terms for term in asked.plain_terms if not term.startswith(TOPIC_MARK))


def _right(folder: Path) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "relevant.tsv").read_text(encoding="utf-8").splitlines():
        query, document = line.split("\t")[:2]
        found[query].add(document)
    return found


if __name__ == "__main__":
    main()
