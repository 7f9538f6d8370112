"""Documents and questions of a folder, ranked as the search box ranks: the same index, the same scoring."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, insert

from marketplace.relevance.folders import Line
from marketplace.relevance.places import coded
from marketplace.relevance.vectors import Embedder
from marketplace.search.blending import Meanings, ranked
from marketplace.search.engines import Engine
from marketplace.search.engines.whoosh import WhooshEngine
from marketplace.search.finding import FIELDS, Found, find
from marketplace.search.models import SearchEntry
from marketplace.search.plan import Plan, is_without_marks
from marketplace.search.services import Thing, columns
from marketplace.search.syntax import parse

DEPTH = 100


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
    meanings = meanings_of(documents, embedder) if embedder else None
    for query in queries:
        found = find(connection, engine, query["text"], facts={"field": query.get("doc_lang") or ""})
        hits = found.hits
        if embedder is not None and meanings is not None and not is_without_marks(query["text"]):
            asked = embedder.query(Plan(parse(query["text"], fields=FIELDS)).meant(query["text"]))
            hits = ranked(found, meanings.nearness(asked), _others(found, documents, query.get("doc_lang") or ""))
        # In short queries a hit with all the words stands before one with some, so its place is its score.
        for place, hit in enumerate(hits[:DEPTH]):
            yield query["id"], documents[hit.number - 1]["id"], float(DEPTH - place)


def meanings_of(documents: Sequence[Line], embedder: Embedder) -> Meanings:
    """The vectors of documents, each in its one language, as fill() numbers them."""
    import numpy as np  # noqa: PLC0415 - only who asks for vectors pays for numpy

    vectors, numbers = embedder.passages([_text(document) for document in documents]), np.arange(len(documents)) + 1
    languages = np.array([document.get("lang") or "" for document in documents])
    texts = {name: coded(vectors * (languages == name)[:, None]) for name in np.unique(languages).tolist()}
    return Meanings(numbers, numbers, texts)


def _others(found: Found, documents: Sequence[Line], language: str) -> list[int]:
    """All that words do not find, however far: a ranking is asked for, where a page would show only what is near."""
    known = {hit.number for hit in found.hits}
    own = (n for n, document in enumerate(documents, start=1) if not language or document.get("lang") == language)
    return [number for number in own if number not in known]


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
