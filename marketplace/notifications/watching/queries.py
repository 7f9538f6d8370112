"""Questions about what is kept: one's own, and that of one's organisations."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select, union
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.notifications.watching.models import NoDigests, SavedItem, SavedSearch, Told
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import Role

K = TypeVar("K", SavedSearch, SavedItem)
# Who shares what an organisation keeps, as long as it is not suspended.
_SHARES = (Membership.ended_at.is_(None), Membership.role != Role.VIEWER)
_ACTS = Organisation.suspended_at.is_(None)


def searches_of(person: Person) -> Sequence[SavedSearch]:
    """The newest first."""
    return db.session.scalars(
        select(SavedSearch)
        .where(_belongs(SavedSearch, person))
        .options(joinedload(SavedSearch.organisation))
        .order_by(SavedSearch.id.desc())
    ).all()


def items_of(person: Person) -> Sequence[SavedItem]:
    """The newest first."""
    return db.session.scalars(
        select(SavedItem)
        .where(_belongs(SavedItem, person))
        .options(
            joinedload(SavedItem.organisation),
            joinedload(SavedItem.saved_by),
            joinedload(SavedItem.challenge),
            joinedload(SavedItem.kept_organisation),
        )
        .order_by(SavedItem.id.desc())
    ).all()


def get_search(reference: str, person: Person) -> SavedSearch:
    """One of those searches; raises NotFound."""
    mine = select(SavedSearch).where(SavedSearch.reference == reference, _belongs(SavedSearch, person))
    return _found(db.session.scalar(mine), reference)


def get_item(reference: str, person: Person) -> SavedItem:
    """One of those things; raises NotFound."""
    mine = select(SavedItem).where(SavedItem.reference == reference, _belongs(SavedItem, person))
    return _found(db.session.scalar(mine), reference)


def kept_item(owner: Person | Organisation, thing: Challenge | Organisation) -> SavedItem | None:
    """The line by which this owner keeps this thing."""
    column = SavedItem.challenge_id if isinstance(thing, Challenge) else SavedItem.kept_organisation_id
    owned = SavedItem.person_id if isinstance(owner, Person) else SavedItem.organisation_id
    return db.session.scalar(select(SavedItem).where(owned == owner.id, column == thing.id))


def keepers_of(thing: Challenge | Organisation, person: Person) -> Sequence[SavedItem]:
    """The lines by which the person or their organisations keep this thing."""
    return [each for each in items_of(person) if thing in (each.challenge, each.kept_organisation)]


def wants_digests(person: Person) -> bool:
    """Whether digests come: yes, until somebody ended them."""
    return db.session.get(NoDigests, person.id) is None


def told_keys(person: Person) -> set[str]:
    """What the person was told of already."""
    return set(db.session.scalars(select(Told.key).where(Told.person_id == person.id)))


def people_with_something_kept() -> Sequence[int]:
    """The ids of people who keep something, or whose organisations do, and who want digests; of nobody suspended."""
    owners = union(select(SavedSearch.organisation_id), select(SavedItem.organisation_id)).subquery()
    members = select(Membership.person_id).where(
        Membership.organisation_id.in_(select(owners.c[0])), *_SHARES, Membership.organisation.has(_ACTS)
    )
    own = union(select(SavedSearch.person_id), select(SavedItem.person_id), members).subquery()
    silent = select(NoDigests.person_id)
    return db.session.scalars(
        select(Person.id)
        .where(Person.id.in_(select(own.c[0])), Person.id.not_in(silent), Person.active)
        .order_by(Person.id)
    ).all()


def suspended_keepers(person: Person) -> Sequence[Organisation]:
    """The person's organisations of which nothing kept is shown now, and comes back when their suspension ends."""
    keeping = union(select(SavedSearch.organisation_id), select(SavedItem.organisation_id)).subquery()
    theirs = select(Membership.organisation_id).where(Membership.person_id == person.id, *_SHARES)
    found = select(Organisation).where(Organisation.id.in_(theirs), Organisation.id.in_(select(keeping.c[0])), ~_ACTS)
    return db.session.scalars(found.order_by(Organisation.sort_name, Organisation.id)).all()


def _belongs(kind: type[SavedSearch] | type[SavedItem], person: Person) -> ColumnElement[bool]:
    mine = select(Membership.organisation_id).where(
        Membership.person_id == person.id, *_SHARES, Membership.organisation.has(_ACTS)
    )
    return or_(kind.person_id == person.id, kind.organisation_id.in_(mine))


def _found(kept: K | None, reference: str) -> K:
    if kept is None:
        raise NotFound(reference)
    return kept
