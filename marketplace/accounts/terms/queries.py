"""Questions about consent."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.accounts.terms.models import Consent
from marketplace.accounts.terms.stages import DOCUMENT, NEEDED, Purpose
from marketplace.accounts.terms.texts import current
from marketplace.db import db


def consents_of(person: Person) -> dict[Purpose, Consent]:
    """What somebody agrees to now, in the current words."""
    found = select(Consent).where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None)).order_by(Consent.id)
    return {each.purpose: each for each in db.session.scalars(found) if each.version == current(DOCUMENT[each.purpose])}


def history_of(person: Person) -> Sequence[Consent]:
    """Every line, the newest first."""
    found = select(Consent).where(Consent.person_id == person.id)
    return db.session.scalars(found.order_by(Consent.id.desc())).all()


def agrees(person: Person, purpose: Purpose) -> bool:
    """Whether somebody agreed to this purpose and did not take it back."""
    return purpose in consents_of(person)


def still_to_accept(person: Person) -> list[Purpose]:
    """What has new words since somebody last agreed, or was never asked."""
    given = consents_of(person)
    return [purpose for purpose in NEEDED if purpose not in given]
