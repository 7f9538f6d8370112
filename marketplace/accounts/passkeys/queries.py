"""Questions about passkeys."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.accounts.passkeys.models import Passkey
from marketplace.accounts.second_factor.queries import way
from marketplace.db import db
from marketplace.errors import NotFound


def passkeys_of(person: Person) -> Sequence[Passkey]:
    """Somebody's passkeys in the order in which they were added."""
    return db.session.scalars(select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)).all()


@way
def has_passkey(person: Person) -> bool:
    """Whether a passkey stands for the second step."""
    return db.session.scalar(select(Passkey.id).where(Passkey.person_id == person.id).limit(1)) is not None


def get_passkey_of(person: Person, reference: str) -> Passkey:
    """One's own passkey with this reference; raises NotFound."""
    found = select(Passkey).where(Passkey.person_id == person.id, Passkey.reference == reference)
    passkey = db.session.scalar(found)
    if passkey is None:
        raise NotFound(reference)
    return passkey


def passkey_named(credential: str) -> Passkey | None:
    """The passkey that its device calls so."""
    return db.session.scalar(select(Passkey).where(Passkey.credential == credential))
