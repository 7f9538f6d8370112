"""CPU time and memory of suggestions among many organisations, ours beside plain BM25 over merged profiles.

Usage: python -m benchmarks.suggestions (ORGANISATIONS=20000 for a smaller city)
"""

import json
import os
import random
import resource
import statistics
import time

from marketplace.relevance.bm25 import post, weigh_terms
from marketplace.relevance.concepts import ENGLISH, VIETNAMESE
from marketplace.relevance.answers import Query
from marketplace.relevance.index import Evidence, Index
from marketplace.relevance.tokens import Document

ORGANISATIONS = int(os.environ.get("ORGANISATIONS", "100000"))
QUESTIONS = 40
LIMIT = 10


def main() -> None:
    """Print one line of JSON: seconds, milliseconds and megabytes."""
    draw = random.Random(20_261_122)
    names = [name for names in (*VIETNAMESE.values(), *ENGLISH.values()) for name in names.split("; ")]
    rare = [f"tu{number}" for number in range(20_000)]
    evidence = [_evidence(owner, draw, names, rare) for owner in range(ORGANISATIONS)]
    begin = time.process_time()
    index = Index.build(evidence)
    built = time.process_time() - begin
    questions = [_question(draw, names, rare) for _ in range(QUESTIONS)]
    begin = time.process_time()
    merged = post([Document(piece.title, tuple(piece.tags), piece.body) for piece in evidence])
    merged_built = time.process_time() - begin
    told = {
        "benchmark": "suggestions",
        "organisations": ORGANISATIONS,
        "ours": {"build_s": round(built, 1)} | _times(lambda query: index.rank(query, limit=LIMIT), questions),
        "plain bm25": {"build_s": round(merged_built, 1)}
        | _times(lambda query: merged.score(weigh_terms(Document(query.title, (), query.body))), questions),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told))


def _times(ask, questions) -> dict[str, float]:
    spent = []
    for question in questions:
        begin = time.process_time()
        ask(question)
        spent.append((time.process_time() - begin) * 1000)
    spent.sort()
    return {
        "one_ms_median": round(statistics.median(spent), 1),
        "one_ms_p95": round(spent[int(0.95 * len(spent)) - 1], 1),
        "thousand_s": round(sum(spent) / len(spent), 1),
    }


def _evidence(owner: int, draw: random.Random, names: list[str], rare: list[str]) -> Evidence:
    said = " ".join(draw.choices(names, k=4) + draw.choices(rare, k=20))
    return Evidence(owner, "profile", f"Công ty {owner} {draw.choice(names)}", tuple(draw.choices(names, k=2)), said)


def _question(draw: random.Random, names: list[str], rare: list[str]) -> Query:
    return Query(
        draw.choice(names), draw.choices(names, k=2), " ".join(draw.choices(names, k=6) + draw.choices(rare, k=40))
    )


if __name__ == "__main__":
    main()
