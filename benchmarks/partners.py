"""Do past projects find the partners of the next ones? Ours beside TF-IDF and mere popularity, as JSON.

    python -m benchmarks.partners FOLDER [--run FILE]

FOLDER holds history.jsonl, organisations.jsonl, queries.jsonl (title and text) and relevant.tsv, which
only the scoring reads. --run writes our list as query, organisation, score for another scorer.
"""

import argparse
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from marketplace.relevance.answers import Query
from marketplace.relevance.index import Evidence, Index
from marketplace.relevance.tokens import words
from marketplace.text import nfc

DEPTH = 1000
Row = dict[str, Any]
Lists = dict[str, list[tuple[str, float]]]


def main() -> None:
    """Read a folder, rank in three ways, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--run", type=Path)
    options = parser.parse_args()
    history, queries = _rows(options.folder / "history.jsonl"), _rows(options.folder / "queries.jsonl")
    relevant = _relevant(options.folder / "relevant.tsv")
    ours, speed = rank_by_evidence(history, queries)
    if options.run:
        options.run.write_text("".join(_run_lines(ours)), encoding="utf-8")
    figures = {
        "ours": measure(ours, relevant) | speed,
        "tf-idf profile": measure(rank_by_profile(history, queries), relevant),
        "popularity": measure(rank_by_popularity(history, queries), relevant),
    }
    print(json.dumps({"set": options.folder.name, "queries": len(queries), **figures}, indent=2))


def rank_by_evidence(history: Sequence[Row], queries: Sequence[Row]) -> tuple[Lists, dict[str, float]]:
    """Every past project is a piece of evidence of each organisation that took part in it."""
    names = sorted({name for project in history for name in project["organisations"]})
    number = {name: place for place, name in enumerate(names)}
    begin = time.perf_counter()
    index = Index.build(
        Evidence(number[name], project["id"], project["title"], (), project["text"])
        for project in history
        for name in set(project["organisations"])
    )
    built = time.perf_counter()
    lists = {
        query["id"]: _best((names[owner], score) for owner, score in scores.items())
        for query in queries
        for scores in [index.scores(Query(query["title"], (), query["text"]))]
    }
    spent = time.perf_counter() - built
    return lists, {"build_s": round(built - begin, 2), "query_ms": round(1000 * spent / len(queries), 1)}


def rank_by_profile(history: Sequence[Row], queries: Sequence[Row]) -> Lists:
    """Baseline: cosine of TF-IDF between the query and all the words of an organisation's projects together."""
    profiles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for project in history:
        for name in set(project["organisations"]):
            profiles[name].update(_words(project))
    holders = Counter(word for profile in profiles.values() for word in profile)
    rarity = {word: math.log(len(profiles) / count) for word, count in holders.items()}
    postings: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, profile in profiles.items():
        weights = {word: (1 + math.log(count)) * rarity[word] for word, count in profile.items()}
        length = math.hypot(*weights.values()) or 1
        for word, weight in weights.items():
            postings[word].append((name, weight / length))
    lists: Lists = {}
    for query in queries:
        scores: defaultdict[str, float] = defaultdict(float)
        for word, count in Counter(_words(query)).items():
            for name, weight in postings.get(word, ()):
                scores[name] += weight * (1 + math.log(count)) * rarity[word]
        lists[query["id"]] = _best(scores.items())
    return lists


def rank_by_popularity(history: Sequence[Row], queries: Sequence[Row]) -> Lists:
    """Baseline: the organisations with the most past projects, whatever is asked."""
    counts = Counter(name for project in history for name in set(project["organisations"]))
    best = _best((name, float(count)) for name, count in counts.items())
    return {query["id"]: best for query in queries}


def measure(lists: Lists, relevant: dict[str, set[str]]) -> dict[str, float]:
    """Means over the queries of nDCG@20 (binary), average precision, 1 / first right rank, hits, recall@50."""
    rows = [_measure_one([name for name, _ in lists.get(query, [])], right) for query, right in relevant.items()]
    figures = {name: round(sum(row[name] for row in rows) / len(rows), 4) for name in rows[0]}
    shown = Counter(name for query in relevant for name, _ in lists.get(query, [])[:10])
    return figures | {"different organisations in the first 10": len(shown)}


def _measure_one(names: Sequence[str], right: set[str]) -> dict[str, float]:
    ranks = [rank for rank, name in enumerate(names, 1) if name in right]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(20, len(right)) + 1))
    return {
        "nDCG@20": sum(1 / math.log2(rank + 1) for rank in ranks if rank <= 20) / ideal,
        "MAP": sum(found / rank for found, rank in enumerate(ranks, 1)) / len(right),
        "MRR": 1 / ranks[0] if ranks else 0.0,
        "hit@10": float(bool(ranks) and ranks[0] <= 10),
        "recall@50": sum(rank <= 50 for rank in ranks) / len(right),
    }


def _words(text: Row) -> list[str]:
    return [word.term for word in words(nfc(f"{text['title']}. {text['text']}"))]


def _best(scores: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))[:DEPTH]


def _run_lines(lists: Lists) -> Iterable[str]:
    return (f"{query}\t{name}\t{score:.9g}\n" for query, best in lists.items() for name, score in best)


def _relevant(path: Path) -> dict[str, set[str]]:
    right: defaultdict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, name = line.partition("\t")
        right[query].add(name)
    return dict(right)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
