"""Folders of past projects, or of judges' papers, ranked by the engine that suggests partners. Pure."""

from collections.abc import Iterator, Sequence
from itertools import chain

from marketplace.relevance.answers import Query
from marketplace.relevance.folders import Line
from marketplace.relevance.index import Evidence, Index
from marketplace.relevance.vectors import Embedder

DEPTH = 1_000
OF_EACH_SIDE = 20
Scores = Iterator[tuple[str, str, float]]


def rank_partners(
    organisations: Sequence[Line], history: Sequence[Line], *, queries: Sequence[Line], embedder: Embedder | None = None
) -> Scores:
    """Query, organisation and score: the best DEPTH and at least the best OF_EACH_SIDE of every side.

    Every past project is a piece of evidence of each organisation that took part in it.
    """
    numbers = {line["id"]: number for number, line in enumerate(organisations)}
    index = Index.build(
        (
            Evidence(numbers[name], str(at), line.get("title") or "", (), line.get("text") or "")
            for at, line in enumerate(history)
            for name in dict.fromkeys(line["organisations"])
            if name in numbers
        ),
        embedder=embedder,
    )
    for query in queries:
        scores = index.scores(_query(query))
        ranked = sorted(range(len(organisations)), key=lambda number: (-scores.get(number, 0.0), number))
        for number in _shown(ranked, organisations):
            yield query["id"], organisations[number]["id"], scores.get(number, 0.0)


def rank_expertise(profiles: Sequence[Line], entries: Sequence[Line], *, embedder: Embedder | None = None) -> Scores:
    """Judge, entry and score for every pair; scores of different entries can be compared."""
    index = Index.build(
        (
            Evidence(judge, str(at), document.get("title") or "", (), document.get("text") or "")
            for judge, profile in enumerate(profiles)
            for at, document in enumerate(profile["documents"])
        ),
        embedder=embedder,
    )
    for entry in entries:
        scores = index.scores(_query(entry))
        for judge, profile in enumerate(profiles):
            yield profile["judge"], entry["id"], scores.get(judge, 0.0)


def _query(line: Line) -> Query:
    return Query(line.get("title") or "", (), line.get("text") or "")


def _shown(ranked: Sequence[int], organisations: Sequence[Line]) -> list[int]:
    sides: dict[str, list[int]] = {}
    for number in ranked:
        own = sides.setdefault(organisations[number].get("side") or "", [])
        if len(own) < OF_EACH_SIDE:
            own.append(number)
    return list(dict.fromkeys(chain(ranked[:DEPTH], *sides.values())))
