"""Whoosh as an engine: pure Python, in a folder of its own, written by the worker a moment after the entries.

For a site that may install nothing but Python packages. It builds forty times slower than FTS5 (docs/search.md).
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from marketplace.search.expressions import Expression, Not, Some


class WhooshEngine:
    """An index in a folder, or in a passing one of its own where none is named.

    Not in memory: Whoosh writes what it is about to keep there into one file for all processes of the machine.
    """

    name = "whoosh"

    def __init__(self, folder: Path | None = None):
        self.folder = folder
        self._index: Any = None
        self._passing: TemporaryDirectory[str] | None = None

    def find(self, connection: Connection, expression: Expression, *, limit: int) -> Sequence[int]:
        from whoosh.sorting import FieldFacet  # noqa: PLC0415 - only a site that chose it installs it

        with self._opened().searcher() as searcher:
            newest_first = FieldFacet("number", reverse=True)
            found = searcher.search(_query(expression), limit=limit, sortedby=newest_first, scored=False)
            return [hit["number"] for hit in found]

    def frequencies(self, connection: Connection, terms: Collection[str]) -> dict[str, int]:
        with self._opened().reader() as reader:
            counts = {term: reader.doc_frequency("terms", term) for term in terms}
        return {term: count for term, count in counts.items() if count}

    def create(self, connection: Connection) -> None:
        self._index, self._passing = None, None

    def write(self, entries: Iterable[tuple[int, str]]) -> None:
        """Put entries with these numbers and terms in place of what stood there; empty terms: drop them."""
        with self._opened().writer() as writer:
            for number, terms in entries:
                writer.delete_by_term("key", str(number))
                if terms:
                    writer.add_document(number=number, key=str(number), terms=terms)

    def _opened(self) -> Any:
        if self._index is None:
            self._index = _open(self.folder or self._passing_folder())
        return self._index.refresh()

    def _passing_folder(self) -> Path:
        self._passing = TemporaryDirectory(prefix="ba-nha-search-")
        return Path(self._passing.name)


def _open(folder: Path) -> Any:
    from whoosh import fields, index  # noqa: PLC0415
    from whoosh.analysis import SpaceSeparatedTokenizer  # noqa: PLC0415

    schema = fields.Schema(
        number=fields.NUMERIC(int, bits=64, stored=True, sortable=True),
        key=fields.ID(unique=True),
        terms=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False, chars=False),
    )
    folder.mkdir(parents=True, exist_ok=True)
    return index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, schema)


def _query(expression: Expression) -> Any:
    from whoosh import query  # noqa: PLC0415

    if isinstance(expression, str):
        return query.Term("terms", expression)
    if isinstance(expression, Not):
        return query.Not(_query(expression.part))
    kind = query.Or if isinstance(expression, Some) else query.And
    return kind([_query(part) for part in expression.parts])
