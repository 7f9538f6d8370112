"""Documents and questions of a folder, ranked as the search box ranks: the same index, the same scoring."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert

from marketplace.relevance.folders import Line
from marketplace.relevance.vectors import Embedder
from marketplace.search.engines import Engine
from marketplace.search.engines.whoosh import WhooshEngine
from marketplace.search.finding import Found, find
from marketplace.search.models import SearchEntry
from marketplace.search.plan import is_without_marks
from marketplace.search.services import Thing, columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEPTH = 100
# Across languages words share little but names and numbers; within one language this costs nothing.
VECTOR_WEIGHT = 2.0


def rank(
    connection: Connection,
    engine: Engine,
    documents: Sequence[Line],
    *,
    queries: Sequence[Line],
    embedder: Embedder | None = None,
) -> Iterator[tuple[str, str, float]]:
    """Query, document and score, the best DEPTH of each query; with an embedder by words and vectors together."""
    fill(connection, engine, documents)
    vectors = embedder.passages([_text(document) for document in documents]) if embedder else None
    for query in queries:
        found = find(connection, engine, query["text"], facts={"field": query.get("doc_lang") or ""})
        # Sentence vectors hardly know Vietnamese without its marks: there they would only spoil what words find.
        if embedder is not None and vectors is not None and not is_without_marks(query["text"]):
            cosines = vectors @ embedder.query(query["text"])
            yield from _blended(found, documents, query=query, cosines=cosines)
        else:
            # In short queries a hit with all the words stands before one with some, so its place is its score.
            for place, hit in enumerate(found.hits[:DEPTH]):
                yield query["id"], documents[hit.number - 1]["id"], float(DEPTH - place)


def _blended(
    found: Found, documents: Sequence[Line], *, query: Line, cosines: "NDArray[np.float32]"
) -> Iterator[tuple[str, str, float]]:
    """Words and vectors, each standardised among the documents of one language: raw cosines favour the query's own."""
    import numpy as np  # noqa: PLC0415 - only who asks for vectors pays for numpy

    words = np.zeros(len(documents))
    for hit in found.hits:
        words[hit.number - 1] = hit.score
    languages = np.array([document.get("lang") or "" for document in documents])
    total = np.zeros(len(documents))
    for language in np.unique(languages):
        own = languages == language
        total[own] = _standard(words[own]) + VECTOR_WEIGHT * _standard(cosines[own])
    asked = query.get("doc_lang") or ""
    admitted = [at for at in np.argsort(-total, kind="stable").tolist() if not asked or languages[at] == asked]
    for at in admitted[:DEPTH]:
        yield query["id"], documents[at]["id"], round(float(total[at]), 6)


def _standard(values: "NDArray[np.floating[Any]]") -> "NDArray[np.floating[Any]]":
    spread = float(values.std())
    return (values - float(values.mean())) / spread if spread > 0 else values * 0


def _text(document: Line) -> str:
    return ". ".join(part for part in (document.get("title"), document.get("text")) if part)


def fill(connection: Connection, engine: Engine, documents: Sequence[Line]) -> None:
    """Put documents in, numbered from 1 in their order; their language is their field."""
    rows = [{"id": number} | _row(number, document) for number, document in enumerate(documents, start=1)]
    connection.execute(insert(SearchEntry), rows)
    if isinstance(engine, WhooshEngine):
        engine.write((row["id"], row["terms"]) for row in rows)


def _row(number: int, document: Line) -> dict[str, Any]:
    title, text = document.get("title") or "", document.get("text") or ""
    thing = Thing("document", str(number), title_vi=title, text_vi=text, field=document.get("lang"))
    return columns(thing) | {"kind": thing.kind, "slug": thing.slug}
