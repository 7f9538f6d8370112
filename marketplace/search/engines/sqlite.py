"""SQLite's FTS5 as an engine: triggers on the table of entries keep a contentless index of their terms.

Its own folding does not know đ and its bm25() no tags, so it sees ready terms and is asked only who holds them.
It keeps an entry under the negative of its number: backwards through a list it goes half as fast, and the newest are
wanted first.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, text

from marketplace.search.expressions import Expression, Not, Some

CREATE = (
    """create virtual table search_index using fts5(terms, content='', detail=none, columnsize=0,
       tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'")""",
    "create virtual table search_vocabulary using fts5vocab('search_index', 'row')",
    """create trigger search_entry_added after insert on search_entry begin
       insert into search_index(rowid, terms) values (-new.id, new.terms); end""",
    """create trigger search_entry_dropped after delete on search_entry begin
       insert into search_index(search_index, rowid, terms) values ('delete', -old.id, old.terms); end""",
    """create trigger search_entry_changed after update of terms on search_entry begin
       insert into search_index(search_index, rowid, terms) values ('delete', -old.id, old.terms);
       insert into search_index(rowid, terms) values (-new.id, new.terms); end""",
)
_FIND = text("select -rowid from search_index where search_index match :asked order by rowid limit :limit")
_COUNT = text("select term, doc from search_vocabulary where term in :terms").bindparams(
    bindparam("terms", expanding=True)
)


class SqliteEngine:
    """FTS5, in the same transaction as the entries."""

    name = "sqlite"

    def find(self, connection: Connection, expression: Expression, *, limit: int) -> Sequence[int]:
        return connection.scalars(_FIND, {"asked": written(expression), "limit": limit}).all()

    def frequencies(self, connection: Connection, terms: Collection[str]) -> dict[str, int]:
        rows = connection.execute(_COUNT, {"terms": sorted(terms)})
        return {row.term: row.doc for row in rows}

    def create(self, connection: Connection) -> None:
        for statement in CREATE:
            connection.exec_driver_sql(statement)


def written(expression: Expression) -> str:
    """The expression in the language of FTS5: quoted terms, AND, OR, NOT and brackets, nothing else."""
    if isinstance(expression, str):
        return '"' + expression.replace('"', "") + '"'
    if isinstance(expression, Some):
        return "(" + " OR ".join(written(part) for part in expression.parts) + ")"
    if isinstance(expression, Not):
        return written(expression.part)
    wanted = [written(part) for part in expression.parts if not isinstance(part, Not)]
    left_out = [written(part) for part in expression.parts if isinstance(part, Not)]
    said = "(" + " AND ".join(wanted) + ")"
    return f"({said} NOT ({' OR '.join(left_out)}))" if left_out else said
