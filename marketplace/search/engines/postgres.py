"""PostgreSQL as an engine: an inverted index (GIN) of the entries' terms as a tsvector, without any parser between."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, text

from marketplace.search.expressions import Expression, Not, Some

_VECTOR = "array_to_tsvector(string_to_array(terms, ' '))"
CREATE = (f"create index ix_search_entry_terms on search_entry using gin ({_VECTOR}) with (fastupdate = off)",)
_FIND = text(
    f"select id from search_entry where {_VECTOR} @@ cast(:asked as tsquery) order by id desc limit :limit"  # noqa: S608 # nosec B608
)
_COUNT = text(f"select count(*) from search_entry where {_VECTOR} @@ cast(:asked as tsquery)")  # noqa: S608 # nosec B608


class PostgresEngine:
    """tsvector and GIN, in the same transaction as the entries."""

    name = "postgres"

    def find(self, connection: Connection, expression: Expression, *, limit: int) -> Sequence[int]:
        return connection.scalars(_FIND, {"asked": written(expression), "limit": limit}).all()

    def frequencies(self, connection: Connection, terms: Collection[str]) -> dict[str, int]:
        counts = {term: connection.scalar(_COUNT, {"asked": written(term)}) or 0 for term in sorted(terms)}
        return {term: count for term, count in counts.items() if count}

    def create(self, connection: Connection) -> None:
        for statement in CREATE:
            connection.exec_driver_sql(statement)


def written(expression: Expression) -> str:
    """The expression as a tsquery: quoted terms, &, |, ! and brackets, nothing else."""
    if isinstance(expression, str):
        return "'" + expression.replace("\\", "").replace("'", "") + "'"
    if isinstance(expression, Not):
        return "!" + written(expression.part)
    sign = " | " if isinstance(expression, Some) else " & "
    return "(" + sign.join(written(part) for part in expression.parts) + ")"
