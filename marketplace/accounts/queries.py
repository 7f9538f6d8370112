"""Questions about people."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import func, select

from marketplace.accounts.models import Grant, OpenSession, OperatorKey, Person, PlatformRole
from marketplace.db import db
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
    found = select(func.count()).where(OpenSession.person_id == person.id, OpenSession.ended_at.is_(None))
    return db.session.scalar(found) or 0


def operators() -> Sequence[Person]:
    """Everybody who runs the platform now, by name."""
    found = db.session.scalars(
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == PlatformRole.OPERATOR, Grant.ended_at.is_(None))
    )
    return sorted(found, key=lambda person: sort_key(person.full_name))


def open_session(key: str) -> OpenSession | None:
    """The session with this secret, if nobody ended it."""
    return db.session.scalar(
        select(OpenSession).where(OpenSession.key_hash == hashed(key), OpenSession.ended_at.is_(None))
    )


def usable_operator_key(key: str) -> OperatorKey | None:
    return db.session.scalar(
        select(OperatorKey).where(OperatorKey.key_hash == hashed(key), OperatorKey.used_at.is_(None))
    )


def hashed(secret: str) -> str:
    """SHA-256 in hex: only hashes of secrets are stored; they have 256 random bits, so no salt is needed."""
    return sha256(secret.encode()).hexdigest()
