"""CPU time and memory of suggestions among many organisations, ours beside plain BM25 over merged profiles.

Usage: python -m benchmarks.suggestions (SMALL=1: 10,000 organisations instead of 100,000; VECTORS=1: with sentence
vectors, made up)
"""

import gc
import json
import os
import resource
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.city import City
from marketplace.matching.partners import suggest, suggest_all
from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Piece, Problem, Profile
from marketplace.relevance.bm25 import Postings, Question, post
from marketplace.relevance.tokens import Document
from marketplace.relevance.vectors import Embedder

ORGANISATIONS = 10_000 if os.environ.get("SMALL") else 100_000
# Asked one by one, and so many together, of which the time for a thousand is reckoned.
QUESTIONS, TOGETHER = 100, 250
LIMIT = 10
_DIMENSIONS = 384


def main() -> None:
    """Print one line of JSON: seconds, milliseconds and megabytes of this process."""
    city = City()
    profiles = [city.profile(owner) for owner in range(ORGANISATIONS)]
    problems = [city.problem() for _ in range(QUESTIONS)]
    before_mb = _peak_mb()
    begin = time.process_time()
    pool = Pool(profiles, embedder=_made_up() if os.environ.get("VECTORS") else None)
    gc.freeze()
    items = len(pool.index.item_ids)
    built = time.process_time() - begin
    suggest(city.problem(), pool, limit=LIMIT)
    told = {
        "benchmark": "suggestions",
        "organisations": ORGANISATIONS,
        "items": items,
        "vectors": bool(os.environ.get("VECTORS")),
        "ours": {"build_s": round(built, 1)} | _times(lambda problem: suggest(problem, pool, limit=LIMIT), problems),
        "thousand_together_s": _together(pool, [city.problem() for _ in range(TOGETHER)]),
        "peak_mb": _peak_mb(),
        "of_which_texts_mb": before_mb,
        "change": _change(pool, profiles),
        "plain bm25": _plain(profiles, problems),
        "load": os.getloadavg()[0],
    }
    print(json.dumps(told))


def _together(pool: Pool, problems: Sequence[Problem]) -> float:
    begin = time.process_time()
    count = sum(1 for _ in suggest_all(problems, pool, limit=LIMIT))
    return round((time.process_time() - begin) * 1000 / count, 1)


def _change(pool: Pool, profiles: Sequence[Profile]) -> dict[str, float | bool]:
    """Seconds until somebody who now answers a problem is suggested for it."""
    problem = City(7).problem()
    new = Piece("record", title_vi=problem.title, text_vi=problem.text)
    first = profiles[len(profiles) // 2]
    changed = [*profiles]
    changed[len(profiles) // 2] = Profile(first.slug, first.helix, (*first.pieces, new))
    len(pool.digests)
    begin = time.process_time()
    found = suggest(problem, pool.updated(changed), limit=LIMIT)
    spent = time.process_time() - begin
    return {"visible_s": round(spent, 2), "is_first": found[0].slug == first.slug}


def _plain(profiles: Sequence[Profile], problems: Sequence[Problem]) -> dict[str, float]:
    begin = time.process_time()
    merged = post(
        [Document("", (), " ".join(text for piece in each.pieces for text in piece.texts)) for each in profiles]
    )
    built = time.process_time() - begin
    return {"build_s": round(built, 1)} | _times(lambda problem: _best(merged.postings, problem), problems)


def _best(postings: Postings, problem: Problem) -> list[int]:
    scores = postings.score(postings.asked(Question(problem.query.text)))
    best = np.argpartition(-scores, LIMIT)[:LIMIT]
    return best[np.argsort(-scores[best])].tolist()


def _times(ask: Callable[[Problem], object], problems: Sequence[Problem]) -> dict[str, float]:
    spent = []
    for problem in problems:
        begin = time.process_time()
        ask(problem)
        spent.append((time.process_time() - begin) * 1000)
    spent.sort()
    return {
        "one_ms_median": round(statistics.median(spent), 1),
        "one_ms_p95": round(spent[int(0.95 * len(spent)) - 1], 1),
        "thousand_s": round(sum(spent) / len(spent), 1),
    }


def _made_up() -> Embedder:
    """As those of E5 lie: near one mean (cosines of strangers about .8), on some axes far more apart than on others."""
    draw = np.random.default_rng(7)
    spread = (np.arange(_DIMENSIONS) + 1.0) ** -0.6
    spread *= 0.45 / np.linalg.norm(spread)

    def passages(texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        found = draw.standard_normal((len(texts), _DIMENSIONS)) * spread
        found[:, -1] += 0.9
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)

    return Embedder(passages=passages, query=lambda text: passages([text])[0])


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
