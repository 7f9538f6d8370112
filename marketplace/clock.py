"""The only module that asks the time: stamps by the host's clock, deadlines by the database's."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from marketplace.db import db

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


def now() -> datetime:
    """The moment, aware, UTC, for stamps that decide nothing."""
    return datetime.now(UTC) + _shift.get()


def database_now() -> datetime:
    """The moment by the database's clock, read inside the current transaction; deadlines are decided by it.

    PostgreSQL's now() is the transaction's start, so clock_timestamp() is asked. SQLite lives in this host and
    knows milliseconds only, so the host's clock is its clock.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        return db.session.execute(text("select clock_timestamp()")).scalar_one() + _shift.get()
    return now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the enclosed deeds happen at `moment` (aware): for making a demo year and for tests of deadlines."""
    token = _shift.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)
