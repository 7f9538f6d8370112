"""Questions about people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.accounts.models import Grant, OpenSession, OperatorKey, Person, PlatformRole
from marketplace.db import count_of, db
from marketplace.errors import NotFound
from marketplace.text import sort_key


def person_by_email(email: str) -> Person | None:
    """The person with this address, compared in lower case."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person_by_reference(reference: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.reference == reference))


def person_by_uniquifier(uniquifier: str) -> Person | None:
    """The person whose links and sessions carry this; it changes with the password."""
    return db.session.scalar(select(Person).where(Person.fs_uniquifier == uniquifier))


def open_session_count(person: Person) -> int:
    """In how many browsers somebody is signed in now."""
    return count_of(_open_sessions().where(OpenSession.person_id == person.id))


def operators() -> Sequence[Person]:
    """Everybody who runs the platform now, by name."""
    found = db.session.scalars(
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == PlatformRole.OPERATOR, Grant.ended_at.is_(None))
    )
    return sorted(found, key=lambda person: sort_key(person.full_name))


def open_session(key: str) -> OpenSession | None:
    """The session with this secret and whose it is, if nobody ended it and its longest time is not over."""
    asked = {"key_hash": hashed(key), "at": clock.now(), "since": _longest_ago()}
    return db.session.scalars(_with_key(), asked).unique().one_or_none()


@cache
def _with_key() -> Select[OpenSession]:
    """Built once, because every request asks it."""
    whose = joinedload(OpenSession.person, innerjoin=True).joinedload(Person.grants)
    found = select(OpenSession).where(*_is_open(bindparam("at"), bindparam("since")))
    return found.where(OpenSession.key_hash == bindparam("key_hash")).options(whose)


def sessions_of(person: Person) -> Sequence[OpenSession]:
    """Where somebody is signed in now, the newest first."""
    found = _open_sessions().where(OpenSession.person_id == person.id)
    return db.session.scalars(found.order_by(OpenSession.id.desc())).all()


def get_session_of(person: Person, reference: str) -> OpenSession:
    """One's own open session with this reference; raises NotFound."""
    found = db.session.scalar(
        _open_sessions().where(OpenSession.person_id == person.id, OpenSession.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def _open_sessions() -> Select[OpenSession]:
    return select(OpenSession).where(*_is_open(clock.now(), _longest_ago()))


def _is_open(at: Any, since: Any) -> tuple[ColumnElement[bool], ...]:
    in_time = or_(OpenSession.idle_until.is_(None), OpenSession.idle_until > at)
    return OpenSession.ended_at.is_(None), in_time, OpenSession.started_at > since


def _longest_ago() -> datetime:
    """When a session that is over by now at the latest began."""
    return clock.now() - timedelta(hours=current_app.config["SESSION_HOURS"])


def end_of(session: OpenSession) -> datetime:
    """When a session is over if nothing is done meanwhile."""
    longest = session.started_at + timedelta(hours=current_app.config["SESSION_HOURS"])
    return min(longest, session.idle_until or longest)


def usable_operator_key(key: str) -> OperatorKey | None:
    return db.session.scalar(
        select(OperatorKey).where(OperatorKey.key_hash == hashed(key), OperatorKey.used_at.is_(None))
    )


def hashed(secret: str) -> str:
    """SHA-256 in hex: only hashes of secrets are stored; they have 256 random bits, so no salt is needed."""
    return sha256(secret.encode()).hexdigest()
