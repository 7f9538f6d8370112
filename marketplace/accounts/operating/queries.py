"""Questions of the operator about people, and the settings in force."""

from dataclasses import fields

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import Grant, Person
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.settings import Settings
from marketplace.text import clean_line

# Shown only as set or not set.
_SECRET = frozenset({"secret_key", "signing_key", "master_key", "smtp_password", "database_url", "oidc_client_secret"})


def people(words: str = "", state: str = "") -> Select[Person]:
    """People by part of name, address or reference, and by state; those who came last first."""
    found = select(Person).options(selectinload(Person.grants)).order_by(Person.id.desc())
    for word in clean_line(words).split()[:8]:
        names = (func.lower(Person.full_name), func.lower(Person.email), func.lower(Person.reference))
        exact = Person.full_name.contains(word, autoescape=True)
        found = found.where(or_(exact, *(name.contains(word.lower(), autoescape=True) for name in names)))
    states = {
        "roles": Person.id.in_(select(Grant.person_id).where(Grant.ended_at.is_(None))),
        "suspended": Person.active.is_(False),
        "unconfirmed": Person.confirmed_at.is_(None),
    }
    return found.where(states[state]) if state in states else found


def get_person(reference: str) -> Person:
    """The person with this reference; raises NotFound."""
    found = db.session.scalar(select(Person).where(Person.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def settings_in_force(settings: Settings) -> list[tuple[str, str, str]]:
    """Name, value and meaning of every setting, without secrets."""
    return [(each.name.upper(), _shown(each.name, settings), each.metadata["comment"]) for each in fields(Settings)]


def _shown(name: str, settings: Settings) -> str:
    value = getattr(settings, name)
    return ("•••" if value else "") if name in _SECRET else str(value)
