"""Documents and questions of a folder, ranked as the search box ranks: the same index, the same scoring."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, insert

from marketplace.relevance.folders import Line
from marketplace.search.engines import Engine
from marketplace.search.engines.whoosh import WhooshEngine
from marketplace.search.finding import find
from marketplace.search.models import SearchEntry
from marketplace.search.services import Thing, columns

DEPTH = 100


def rank(
    connection: Connection,
    engine: Engine,
    documents: Sequence[Line],
    *,
    queries: Sequence[Line],
    semantic: bool = False,
) -> Iterator[tuple[str, str, float]]:
    """Query, document and score, the best DEPTH of each query."""
    fill(connection, engine, documents)
    for query in queries:
        found = find(connection, engine, query["text"], facts={"field": query.get("doc_lang") or ""})
        # A hit with all the words stands before one with some, so its place is its score.
        for place, hit in enumerate(found.hits[:DEPTH]):
            yield query["id"], documents[hit.number - 1]["id"], float(DEPTH - place)


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
