"""The outbox is the queue: rows written in the deed's transaction, claimed with a lease, done at least once."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, Text, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace import clock
from marketplace.db import At, Base, Id, db, is_sqlite

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
log = logging.getLogger(__name__)
_deeds: dict[str, Callable[..., None]] = {}
_periodic: dict[str, tuple[timedelta, Callable[[], None]]] = {}


class OutboxJob(Base):
    """Work left for the worker; `key` makes the same work enqueued twice one row."""

    __tablename__ = "outbox_job"
    __table_args__ = (Index("ix_outbox_job_waiting", "done_at", "run_after"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    run_after: Mapped[At]
    leased_until: Mapped[At | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[At | None]
    failed_at: Mapped[At | None]
    last_error: Mapped[str | None] = mapped_column(Text)


def job(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register the function that does jobs of this kind; it takes ids, may run twice without harm, never commits."""

    def register(deed: Callable[..., None]) -> Callable[..., None]:
        _deeds[kind] = deed
        return deed

    return register


def periodic(name: str, every: timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function that the worker calls about once every `every`."""

    def register(deed: Callable[[], None]) -> Callable[[], None]:
        _periodic[name] = (every, deed)
        return deed

    return register


def enqueue(kind: str, *, key: str, run_after: datetime | None = None, **payload: Any) -> None:
    """Leave work in this transaction; a second call with the same kind and key leaves nothing."""
    full_key = f"{kind}:{key}"
    if db.session.scalar(select(OutboxJob.id).where(OutboxJob.key == full_key)) is None:
        db.session.add(OutboxJob(kind=kind, key=full_key, payload=payload, run_after=run_after or clock.now()))


def run_waiting(limit: int = 100) -> int:
    """Do up to `limit` waiting jobs, each in its own transaction; answers how many were tried."""
    count = 0
    while count < limit and (claimed := _claim()) is not None:
        _run(claimed)
        count += 1
    return count


def _claim() -> int | None:
    moment = clock.now()
    waiting = (
        select(OutboxJob)
        .where(OutboxJob.done_at.is_(None), OutboxJob.failed_at.is_(None), OutboxJob.run_after <= moment)
        .where(or_(OutboxJob.leased_until.is_(None), OutboxJob.leased_until < moment))
        .order_by(OutboxJob.run_after, OutboxJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = db.session.scalar(waiting)
    if found is None:
        db.session.rollback()
        return None
    found.leased_until, found.attempts = moment + LEASE, found.attempts + 1
    job_id = found.id
    db.session.commit()
    return job_id


def _run(job_id: int) -> None:
    found = db.session.get_one(OutboxJob, job_id)
    try:
        _deeds[found.kind](**found.payload)
        found.done_at, found.leased_until = clock.now(), None
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        log.exception("job %s failed", job_id)
        _put_off(job_id, error)


def _put_off(job_id: int, error: Exception) -> None:
    found = db.session.get_one(OutboxJob, job_id)
    found.last_error = f"{type(error).__name__}: {error}"[:2000]
    found.leased_until = None
    if found.attempts >= MOST_ATTEMPTS:
        found.failed_at = clock.now()
    found.run_after = clock.now() + timedelta(seconds=5 * 2**found.attempts)
    db.session.commit()


def run_periodic(last_runs: dict[str, datetime]) -> None:
    """Do every periodic deed that is due; `last_runs` is the worker's own memory of when it did which."""
    for name, (every, deed) in _periodic.items():
        if clock.now() - last_runs.get(name, datetime.min.replace(tzinfo=clock.now().tzinfo)) >= every:
            last_runs[name] = clock.now()
            _run_periodic(name, deed)


def _run_periodic(name: str, deed: Callable[[], None]) -> None:
    """In its own transaction; a fault is logged, and the next round tries again."""
    try:
        deed()
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("periodic %s failed", name)


@periodic("checkpoint", timedelta(seconds=30))
def checkpoint() -> None:
    """Move SQLite's WAL into the database while holding the write lock, so that no commit runs beside it."""
    if not is_sqlite():
        return
    with db.engine.connect() as holder, holder.begin(), db.engine.connect() as other:
        raw = other.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
        holder.execute(text("select 1"))
