"""All rows of the database at a moment: what changed since, and the way back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Delete, Table, TextClause, bindparam, event, text

from marketplace.db import db

_WRITING = re.compile(r"\s*(?:insert\s+into|update|delete\s+from)\s+\"?(\w+)", re.IGNORECASE)
Row = dict[str, Any]
# by table: the rows that are gone and those that are new; an altered row is both
Changes = dict[str, tuple[list[Row], list[Row]]]


class Snapshot:
    """Notes which tables are written to after it was taken, so that looking and going back cost little."""

    def __init__(self, files: Path) -> None:
        db.session.commit()
        self._tables = _tables()
        self.rows: dict[str, list[Row]] = {name: [] for name in self._tables}
        with db.engine.connect() as connection:
            self.rows |= {table.name: _rows(connection, table) for table in filled_tables(connection)}
        self._folder = files
        self._files = {path.relative_to(files): path.read_bytes() for path in files.rglob("*") if path.is_file()}
        self.written: list[str] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note the tables that the enclosed requests write to."""
        event.listen(db.engine, "before_cursor_execute", self._note)
        try:
            yield
        finally:
            event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if found := _WRITING.match(statement):
            self.written.append(found.group(1))

    def changes(self, *, everywhere: bool = False) -> Changes:
        """What differs from then, in the tables that were noted; notes nothing more about them."""
        names, self.written = (self._tables if everywhere else {*self.written} & {*self._tables}), []
        db.session.rollback()
        found = {}
        with db.engine.connect() as connection:
            for name in names:
                rows = _rows(connection, self._tables[name])
                if rows != self.rows[name]:
                    found[name] = _difference(self._tables[name], self.rows[name], rows)
        return found

    def go_back(self, changes: Changes | None = None) -> None:
        """Take the rows that changed, or those told, back to what they were, and touch no others."""
        changes = self.changes() if changes is None else changes
        if not changes:
            return
        db.session.remove()
        with _unchecked() as connection:
            for name, (_gone, new) in changes.items():
                if new:
                    connection.execute(*_deletion(self._tables[name], new))
            for name, (gone, _new) in changes.items():
                if gone:
                    connection.execute(self._tables[name].insert(), gone)

    def come_back(self) -> None:
        """Put everything into the database, whatever it holds, and into an empty store of files."""
        with _unchecked() as connection:
            for table in filled_tables(connection):
                connection.execute(table.delete())
        self.come_back_to_nothing()

    def come_back_to_nothing(self) -> None:
        """Put everything into a database and a store of files that are known to be empty."""
        db.session.remove()
        with _unchecked() as connection:
            for name, rows in self.rows.items():
                if rows:
                    connection.execute(self._tables[name].insert(), rows)
        self._write_files()

    def _write_files(self) -> None:
        for path, content in self._files.items():
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / path).write_bytes(content)


def filled_tables(connection: Connection) -> list[Table]:
    """The tables that hold a row: most tests write to few of them."""
    return [_tables()[name] for (name,) in connection.execute(_which_are_filled())]


@cache
def _tables() -> dict[str, Table]:
    return {table.name: table for table in db.metadata.sorted_tables}


@cache
def _which_are_filled() -> TextClause:
    """One question for the names of all of them."""
    return text(" union all ".join(f"select '{name}' where exists (select 1 from \"{name}\")" for name in _tables()))


def _rows(connection: Connection, table: Any) -> list[Row]:
    found = connection.execute(table.select().order_by(*table.primary_key.columns))
    return [dict(row._mapping) for row in found]


def _difference(table: Table, before: list[Row], now: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that are gone and those that are new."""
    was, is_ = ({tuple(row[name] for name in _key(table)): row for row in rows} for rows in (before, now))
    gone = [row for key, row in was.items() if is_.get(key) != row]
    return gone, [row for key, row in is_.items() if was.get(key) != row]


def _deletion(table: Table, rows: list[Row]) -> tuple[Delete, list[Row]]:
    """The statement that deletes these rows, with their keys."""
    names = _key(table)
    where = (table.c[name] == bindparam(f"old_{name}") for name in names)
    return table.delete().where(*where), [{f"old_{name}": row[name] for name in names} for row in rows]


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


@contextmanager
def _unchecked() -> Iterator[Connection]:
    """A transaction in which rows may come before those they point to."""
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("set session_replication_role = replica"))
        yield connection
        connection.commit()
        if sqlite:
            raw.execute("PRAGMA foreign_keys=ON")
        else:
            connection.execute(text("set session_replication_role = default"))
            connection.commit()
