"""Base model, column types, and one transaction per request; on SQLite every writer begins IMMEDIATE."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from flask import current_app, g, has_request_context
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Engine,
    Enum,
    Integer,
    MetaData,
    Select,
    String,
    TypeDecorator,
    event,
    func,
    inspect,
)
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, Session, mapped_column, object_session

from marketplace.errors import NotFound, WrongStage
from marketplace.text import random_reference


class Base(DeclarativeBase):
    """All tables; constraint names are fixed so that migrations can name them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it naive, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


# BIGINT PRIMARY KEY does not count up on SQLite, INTEGER does.
BigInt = BigInteger().with_variant(Integer(), "sqlite")
Id = Annotated[int, mapped_column(BigInt, primary_key=True)]
At = Annotated[datetime, mapped_column(Moment())]
Line = Annotated[str, mapped_column(String(300))]
Vnd = Annotated[int, mapped_column(BigInteger)]

db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})
# The full text indexes (search.engines) and the tables in which SQLite keeps its own are not models.
_NOT_COMPARED = ("search_index", "search_vocabulary", "ix_search_entry_terms")


def is_compared(name: str | None, kind: str, _parents: Any = None) -> bool:
    """Whether migrations look at this table, index or column."""
    return kind not in {"table", "index"} or not (name or "").startswith(_NOT_COMPARED)


migrate = Migrate(db=db, render_as_batch=True, compare_type=True, include_name=is_compared)


def choice(kind: type[StrEnum]) -> Enum:
    """A column type that holds one of the words of an enumeration, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        length=30,
        values_callable=lambda words: [word.value for word in words],
        create_constraint=True,
        name=kind.__name__.lower(),
    )


def reference_column(prefix: str) -> Mapped[str]:
    """A public identifier such as BT-7K3M9QXZ: opaque, unique, never the row's id."""
    return mapped_column(String(20), unique=True, default=lambda: random_reference(prefix))


class Staged:
    """A thing with a life: its class says MOVES, and only move() changes its stage."""

    MOVES: dict[str, tuple[set[Any], Any]] = {}
    stage: Any

    def can_move(self, name: str) -> bool:
        return self.stage in self.MOVES[name][0]

    def move(self, name: str) -> None:
        """Take the move `name` of MOVES; raises WrongStage if the stage, read again under lock, does not allow it."""
        session = object_session(self)
        if session is not None and inspect(self).persistent:
            session.flush()
            session.refresh(self, ["stage"], with_for_update=True)
        if not self.can_move(name):
            raise WrongStage(f"{type(self).__name__} in stage {self.stage} cannot {name}")
        self.stage = self.MOVES[name][1]


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        # Pages of the database are read where the system keeps them, not copied for each connection: 2 GB at most.
        "mmap_size=2147418112",
        # SQLite before 3.51.3 can corrupt a WAL when two connections commit and checkpoint at once:
        # only the worker checkpoints, while it holds the write lock.
        "wal_autocheckpoint=0",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_immediate(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if reads_only() else "BEGIN IMMEDIATE")


def reads_only() -> bool:
    """Whether this is a request that changes nothing."""
    return has_request_context() and bool(g.get("reads_only"))


def only_read_on() -> None:
    """Give up a refused deed and the write lock with it, so that others need not wait while its page is made."""
    db.session.rollback()
    g.reads_only = True


@event.listens_for(Session, "before_flush")
def _remember_changes(session: Session, _context: Any, _instances: Any) -> None:
    """Keep before and after of every changed column, so that the journal can tell them."""
    changes = session.info.setdefault("changes", {})
    for thing in session.new:
        state = inspect(thing)
        values = state.dict
        for name in filter(values.__contains__, _told_columns(state.mapper)):
            known = changes.setdefault(thing, {})
            known[name] = (known.get(name, (None, None))[0], values[name])
    for thing in session.dirty:
        state = inspect(thing)
        # only what was set since it was read can have changed
        for name in filter(state.committed_state.__contains__, _told_columns(state.mapper)):
            history = state.attrs[name].history
            if history.has_changes():
                before = history.deleted[0] if history.deleted else None
                known = changes.setdefault(thing, {})
                known[name] = (known.get(name, (before, None))[0], history.added[0] if history.added else None)


@cache
def _told_columns(mapper: Mapper[Any]) -> tuple[str, ...]:
    """The columns of a model that the journal may keep."""
    return tuple(column.key for column in mapper.column_attrs if not column.columns[0].info.get("secret"))


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _forget_changes(session: Session) -> None:
    session.info.pop("changes", None)


def changes_of(thing: Base) -> dict[str, tuple[Any, Any]]:
    """The columns of `thing` changed in this transaction and not yet told: {name: (before, after)}."""
    db.session.flush()
    return db.session.info.get("changes", {}).pop(thing, {})


@contextmanager
def record_apart() -> Iterator[Session]:
    """A second short transaction whose rows outlive a refusal: failed sign-ins, denied access, access ledger.

    Nothing else uses it. On SQLite the request's own transaction must not hold the write lock meanwhile, so this is
    called after it was rolled back (error handlers) or from a request that only reads.
    """
    with Session(db.engine) as session, session.begin():
        yield session


def end_transaction(status: int) -> None:
    """Keep what the request did when it answers below 400, drop it otherwise."""
    if status < 400 and not g.get("reads_only"):
        db.session.commit()
    else:
        db.session.rollback()


def hold(thing: Base, *, shared: bool = False) -> None:
    """Lock the row and read its columns afresh; only columns, because PostgreSQL locks no row of an outer join.

    Shared: others may hold it so too, and whoever wants to change it waits. Raises NotFound if it is gone meanwhile.
    """
    columns = inspect(type(thing)).column_attrs.keys()
    try:
        db.session.refresh(thing, columns, with_for_update={"read": shared})
    except InvalidRequestError as gone:
        raise NotFound(type(thing).__name__) from gone


def count_of(found: Select[Any]) -> int:
    """How many rows a list has in all; what it loads beside them is not read."""
    return db.session.scalar(found.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)) or 0


def token() -> str:
    """An unguessable secret for a link (256 bits)."""
    return secrets.token_urlsafe(32)


def language_text(thing: Any, name: str, language: str) -> tuple[str, str]:
    """The text of a bilingual field and the language it is in: the asked one, else the other."""
    other = "en" if language == "vi" else "vi"
    text = getattr(thing, f"{name}_{language}", None)
    return (text, language) if text else (getattr(thing, f"{name}_{other}", None) or "", other)


def bind_to(app: Any) -> None:
    """Give `app` the database: address, pool, migrations."""
    # the site asks well over a thousand different statements; SQLAlchemy keeps 500 and would write the others anew
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True, "query_cache_size": 3000}
    db.init_app(app)
    migrate.init_app(app)


def is_sqlite() -> bool:
    return current_app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
