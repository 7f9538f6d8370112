"""Questions about who is who at the provider."""

from flask import current_app
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.accounts.openid.models import LinkedIdentity
from marketplace.db import db


def person_linked(issuer: str, subject: str) -> Person | None:
    """Whom this name of the provider's belongs to."""
    found = select(Person).join(LinkedIdentity, LinkedIdentity.person_id == Person.id)
    return db.session.scalar(found.where(LinkedIdentity.issuer == issuer, LinkedIdentity.subject == subject))


def identity_of(person: Person) -> LinkedIdentity | None:
    """Somebody's name at the provider that the settings name."""
    mine = select(LinkedIdentity).where(LinkedIdentity.person_id == person.id)
    return db.session.scalar(mine.where(LinkedIdentity.issuer == current_app.config["OIDC_ISSUER"]))
