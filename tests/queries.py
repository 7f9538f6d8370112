"""What a page asks of the database, and how long it waits there for others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from marketplace.db import db, is_sqlite


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """The statements of the enclosed requests, without BEGIN and the like."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@contextmanager
def waiting_for_the_lock(milliseconds: int) -> Iterator[None]:
    """Let whoever wants to write wait so long for who does: a busy machine is no fault."""
    if not is_sqlite():
        yield
        return

    def be_patient(connection: Any, *_rest: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout={milliseconds}")

    event.listen(db.engine, "checkout", be_patient)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", be_patient)
        db.session.remove()
        db.engine.dispose()
