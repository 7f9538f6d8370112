"""Jobs that keep the stored pool of profiles, and the vectors of texts, up to date. Long work holds no lock."""

from collections.abc import Sequence
from datetime import timedelta

from marketplace import clock
from marketplace.db import db
from marketplace.errors import Conflict
from marketplace.jobs import enqueue, job, periodic
from marketplace.matching import keeping
from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Problem, Profile
from marketplace.matching.reading import read_profiles
from marketplace.matching.readings import readings_of_problems, readings_of_profiles
from marketplace.meaning import services as meaning
from marketplace.meaning.models import TextVector
from marketplace.relevance import vectors
from marketplace.relevance.vectors import Embedder


@job(keeping.TAKE_IN)
def take_in_profile(organisation_id: int) -> None:
    """Store the pool with this profile, and all others that wait, as they are now; several at once cost little more.

    Where nothing is stored yet nothing is behind.
    """
    before, stored = keeping.stored_name(), keeping.stored_pool()
    if stored is None:
        return
    ids, made = {organisation_id, *keeping.waiting_ids()}, list[TextVector]()
    if stored.has_vectors:
        current = [profile for some in read_profiles(ids) for profile in some]
        embedder, made = _read_now(readings_of_profiles(current))
        stored = stored.asked_with(embedder)
    later = keeping.with_current(stored, ids)
    if later is not stored:
        _put(later, instead_of=before)
        meaning.keep(made)


@job("store_pool")
def store_pool() -> None:
    """Store all public profiles as they are, with sentence vectors where the extra is there and every text has one."""
    before, profiles, stored = keeping.stored_name(), _all_profiles(), keeping.stored_pool()
    readings = readings_of_profiles(profiles) if vectors.is_installed() else []
    are_missing = bool(meaning.unread(readings))
    embedder = meaning.kept_embedder(readings) if readings and not are_missing else None
    if stored is not None and stored.has_vectors == (embedder is not None):
        _put(stored.asked_with(embedder).updated(profiles), instead_of=before)
    else:
        _put(Pool(profiles, embedder=embedder), instead_of=before)
    if are_missing:
        enqueue("read_texts", key=_now())


@job("read_texts")
def read_texts() -> None:
    """Make vectors for some texts that have none and leave the rest to the next job; after the last store the pool."""
    missing = meaning.unread(readings_of_profiles(_all_profiles()))
    db.session.rollback()
    made = meaning.read_texts(missing) if missing else []
    meaning.keep(made)
    enqueue("read_texts" if len(made) < len(missing) else "store_pool", key=_now())


@periodic("store_pool", timedelta(hours=6))
def store_pool_later() -> None:
    """What no event tells (a profile goes stale by itself), and the first pool of a new site."""
    enqueue("store_pool", key=_now())


def pool_for(problems: Sequence[Problem]) -> tuple[Pool, list[TextVector]]:
    """The pool that answers these problems, ready to be asked, and vectors made for it, which the caller keeps.

    Lets go of every lock before the work.
    """
    pool, made = keeping.pool_now(), list[TextVector]()
    if pool.has_vectors:
        embedder, made = _read_now(readings_of_problems(problems))
        pool = pool.asked_with(embedder)
    db.session.rollback()
    len(pool.index.owners)
    return pool, made


def _put(pool: Pool, *, instead_of: str | None) -> None:
    db.session.rollback()
    if not keeping.put_in_place(pool, instead_of=instead_of):
        raise Conflict("another worker stored a pool meanwhile; this job is tried again")


def _all_profiles() -> list[Profile]:
    """Some at a time, so that nobody who writes has to wait for all."""
    found: list[Profile] = []
    for some in read_profiles():
        found += some
        db.session.rollback()
    return found


def _read_now(readings: Sequence[meaning.Reading]) -> tuple[Embedder | None, list[TextVector]]:
    """The vectors of a few texts, and those that were made for it; none without the extra."""
    if not vectors.is_installed():
        return None, []
    missing = meaning.unread(readings)
    db.session.rollback()
    made = meaning.read_texts(missing) if missing else []
    return meaning.kept_embedder(readings, made), made


def _now() -> str:
    return f"{clock.now():%Y-%m-%dT%H:%M:%S.%f}"
