"""All public profiles as the site keeps them: stored by the worker, mapped by every process, and never behind.

What changed since the pool was stored is read from the database and put in while it is asked, until the worker has
stored it too: whoever saves a profile finds it at once.
"""

from collections.abc import Collection
from uuid import uuid4

from flask import current_app
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs import OutboxJob
from marketplace.matching.learning.queries import in_use
from marketplace.matching.models import StoredPool
from marketplace.matching.pool import Pool, Tuning, pool_of
from marketplace.matching.reading import read_profiles, suggestible
from marketplace.matching.stored import Store
from marketplace.organisations.models import Organisation

TAKE_IN = "take_in_profile"
# With more changes than this waiting, as after an import, readers see the pool as it was stored.
MOST_WAITING = 200


def pool_now() -> Pool:
    """All public profiles as they are, asked with the weights in use.

    Where none are stored yet they are read and indexed here.
    """
    tunings = {base: Tuning(each.version, each.weights) for base, each in in_use().items()}
    stored = stored_pool()
    if stored is None:
        return pool_of([profile for some in read_profiles() for profile in some]).tuned(tunings)
    waiting = waiting_ids()
    return (with_current(stored, waiting) if len(waiting) <= MOST_WAITING else stored).tuned(tunings)


def stored_pool() -> Pool | None:
    """The pool that was stored last; None where there is none, or its file lies elsewhere."""
    name = stored_name()
    return store().read(name) if name else None


def stored_name() -> str | None:
    """The name of its file."""
    return db.session.scalar(select(StoredPool.name).order_by(StoredPool.id.desc()).limit(1))


def waiting_ids() -> list[int]:
    """The organisations whose changes the worker has not taken in."""
    waiting = select(OutboxJob.payload).where(OutboxJob.kind == TAKE_IN, OutboxJob.done_at.is_(None))
    return sorted({payload["organisation_id"] for payload in db.session.scalars(waiting)})


def with_current(pool: Pool, ids: Collection[int]) -> Pool:
    """The pool with these organisations as they are now."""
    if not ids:
        return pool
    current = [profile for some in read_profiles(ids) for profile in some]
    listed = suggestible().with_only_columns(Organisation.id)
    gone = select(Organisation.slug).where(Organisation.id.in_(ids), Organisation.id.not_in(listed))
    return pool.with_changes(current, gone=db.session.scalars(gone).all())


def put_in_place(pool: Pool, *, instead_of: str | None) -> bool:
    """Store a pool; not where somebody stored another one meanwhile, whose changes would be lost."""
    name = f"pool.{uuid4().hex}"
    if instead_of is not None:
        store().tidy(instead_of, at=clock.now())
    store().write(pool, name)
    newest = select(StoredPool).order_by(StoredPool.id.desc()).limit(1).with_for_update()
    before = db.session.scalar(newest)
    if (before.name if before else None) != instead_of:
        return False
    if before is not None:
        db.session.delete(before)
    db.session.add(StoredPool(name=name, stored_at=clock.now()))
    db.session.flush()
    return True


def store() -> Store:
    """The folder of this site."""
    kept: Store = current_app.extensions.setdefault("pool", Store(current_app.config["SETTINGS"].folder / "pool"))
    return kept
