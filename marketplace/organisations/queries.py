"""Questions about organisations. Profiles are public, so every reader sees all of them."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.db import db
from marketplace.organisations.models import Invitation, Membership, Organisation, Place
from marketplace.organisations.stages import RANK, STATE_KINDS, Helix, Role
from marketplace.text import fold


def visible_to(_person: Person | None) -> Select[Organisation]:
    """Every organisation: what is in the table is public."""
    return select(Organisation)


def organisation_by_slug(slug: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def organisation_named(name: str) -> Organisation | None:
    """The organisation with exactly this Vietnamese or English name."""
    return db.session.scalar(
        select(Organisation).where((Organisation.name_vi == name) | (Organisation.name_en == name)).limit(1)
    )


def matching(words: str, helix: Helix | None) -> Select[Organisation]:
    """Organisations whose names hold all the words, with or without diacritics, of one house if asked."""
    found = visible_to(None)
    for word in fold(words).split()[:8]:
        found = found.where(Organisation.folded_names.contains(word, autoescape=True))
    if helix is not None:
        found = found.where(Organisation.helix == helix)
    return found.order_by(Organisation.folded_names, Organisation.id)


def count(found: Select[Organisation]) -> int:
    return db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0


def organisations_of(person: Person | None, least: Role = Role.VIEWER) -> Sequence[Organisation]:
    """Where a person has at least this role now."""
    if person is None:
        return []
    roles = [role for role in Role if RANK[role] >= RANK[least]]
    return db.session.scalars(
        select(Organisation)
        .join(Membership)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None), Membership.role.in_(roles))
        .order_by(Organisation.id)
    ).all()


def agencies_of(person: Person | None, least: Role = Role.MEMBER) -> Sequence[Organisation]:
    """The state bodies for which a person may write challenges."""
    return [each for each in organisations_of(person, least) if each.kind in STATE_KINDS]


def entrants_of(person: Person | None, least: Role = Role.MEMBER) -> Sequence[Organisation]:
    """The organisations for which a person may answer challenges: all but state bodies."""
    return [each for each in organisations_of(person, least) if each.kind not in STATE_KINDS]


def open_memberships(organisation: Organisation) -> Sequence[Membership]:
    return db.session.scalars(
        select(Membership)
        .where(Membership.organisation_id == organisation.id, Membership.ended_at.is_(None))
        .options(selectinload(Membership.person))
        .order_by(Membership.id)
    ).all()


def people_with_role(organisation: Organisation, least: Role) -> Sequence[Person]:
    """Who has at least this role now."""
    return [each.person for each in open_memberships(organisation) if RANK[each.role] >= RANK[least]]


def open_invitation(key: str) -> Invitation | None:
    """The invitation with this secret, if nobody used or revoked it; it may have expired."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.key_hash == hashed(key),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
    )


def places() -> Sequence[Place]:
    return db.session.scalars(select(Place)).all()
