"""An engine over tables of its own that are gone afterwards: for benchmarks and for the contract tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import click
from flask import current_app
from sqlalchemy import Connection, create_engine

from marketplace.db import Base
from marketplace.search.engines import Engine
from marketplace.search.engines.postgres import PostgresEngine
from marketplace.search.engines.sqlite import SqliteEngine
from marketplace.search.engines.whoosh import WhooshEngine
from marketplace.search.models import SearchEntry, SearchWord

TABLES = [SearchEntry.__table__, SearchWord.__table__]


@contextmanager
def opened(name: str, address: str = "") -> Iterator[tuple[Connection, Engine]]:
    """An empty index of this engine. SQLite and Whoosh keep it in memory; PostgreSQL in a schema never committed.

    `address` is that of the PostgreSQL server, DATABASE_URL unless given.
    """
    kinds: dict[str, type[Engine]] = {"sqlite": SqliteEngine, "postgres": PostgresEngine, "whoosh": WhooshEngine}
    engine = kinds[name]()
    database = create_engine(_postgres(address) if name == "postgres" else "sqlite://")
    with database.connect() as connection, connection.begin() as transaction:
        _make_tables(connection, engine)
        yield connection, engine
        transaction.rollback()
    database.dispose()


def _make_tables(connection: Connection, engine: Engine) -> None:
    if connection.dialect.name == "postgresql":
        schema = f"search_bench_{uuid4().hex}"
        connection.exec_driver_sql(f"create schema {schema}")
        connection.exec_driver_sql(f"set local search_path to {schema}")
    Base.metadata.create_all(connection, tables=TABLES)  # type: ignore[arg-type]
    engine.create(connection)


def _postgres(address: str) -> str:
    address = address or current_app.config["SQLALCHEMY_DATABASE_URI"]
    if not address.startswith("postgresql"):
        raise click.UsageError("--engine postgres asks the server of DATABASE_URL, which names none")
    return address
