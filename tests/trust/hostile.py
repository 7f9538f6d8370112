"""The city with every text that somebody could have written replaced by one text."""

import re
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Connection, Enum, String, Table, Text, case

from marketplace.db import db

# Texts that only our code writes, and those it reads again.
_OURS = frozenset(
    {
        "asked_if",
        "asked_if_value",
        "audience",
        "code",
        "credential",
        "currency",
        "direction",
        "event",
        "concepts",
        "field",
        "for",
        "part_readers",
        "fingerprint",
        "house",
        "ip_terms",
        "extended_until",
        "idempotency_key",
        "inputs_hash",
        "kind",
        "language",
        "media_type",
        "days",
        "pair",
        "reference",
        "what",
        "chair_of",
        "of_file",
        "slug",
        "model_version",
    }
    | {
        "key",
        "object_reference",
        "object_type",
        "original_language",
        "password",
        "prize_currency",
        "sha256",
        "content_sha256",
    }
)
# Tables whose JSON holds words of ours that our code reads again, and nothing that anybody wrote.
_CODES = frozenset({"journal_entry", "challenge_version", "judging_rules", "rules_amendment"})
_OUR_TABLES = frozenset({"alembic_version", "outbox_job"})


def fill_with(text: str) -> int:
    """Replace the texts of every row, cut to the length of their columns; answers how many columns there are."""
    count = 0
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            if table.name not in _OUR_TABLES:
                plain = {column.name: _written(column, text) for column in table.columns if _is_free(column)}
                if plain:
                    connection.execute(table.update().values(**plain))
                count += len(plain) + _fill_lists(connection, table, text)
    return count


def _written(column: Column[Any], text: str) -> Any:
    """The text cut to length; where the table has a condition on the column, what nobody wrote stays unwritten."""
    cut = text[: column.type.length]  # type: ignore[attr-defined]
    conditions = [each for each in column.table.constraints if isinstance(each, CheckConstraint)]
    if any(re.search(rf"\b{column.name}\b", str(each.sqltext)) for each in conditions):
        return case((column.is_(None), None), else_=cut)
    return cut


def _is_free(column: Column[Any]) -> bool:
    written = isinstance(column.type, String | Text) and not isinstance(column.type, Enum)
    ours = column.unique or column.foreign_keys or column.primary_key or "email" in column.name
    return written and not ours and column.name not in _OURS


def _fill_lists(connection: Connection, table: Table, text: str) -> int:
    """The texts inside JSON; those that our code reads again stay."""
    columns = [column for column in table.columns if isinstance(column.type, JSON) and column.name not in _OURS]
    if table.name in _CODES or not columns:
        return 0
    key = next(iter(table.primary_key.columns))
    for row in connection.execute(table.select()).mappings().all():
        values = {column.name: _replaced(row[column.name], text) for column in columns}
        connection.execute(table.update().where(key == row[key.name]).values(**values))
    return len(columns)


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        ours = {key for key in value if key in _OURS or key.endswith(("_at", "_on"))}
        return {key: each if key in ours else _replaced(each, text) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, text) for each in value]
    return text if isinstance(value, str) else value
