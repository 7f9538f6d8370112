"""Questions about organisations. Profiles are public, so every reader sees all that are listed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.asked import asked_once
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.models import Invitation, Membership, Organisation, Place, TrackRecord
from marketplace.organisations.stages import RANK, STATE_KINDS, Claim, Helix, Kind, Role
from marketplace.text import fold, sort_key


def visible_to(_person: Person | None) -> Select[Organisation]:
    """Every listed organisation: its profile is public. Unlisted ones have no page, not even for their own people."""
    return select(Organisation).where(Organisation.is_listed)


def organisation_by_slug(slug: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def organisation_by_reference(reference: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.reference == reference))


def survivor_of(slug: str) -> Organisation | None:
    """The body that the one at this address became part of, when the operator merged two that were the same."""
    gone = organisation_by_slug(slug)
    return gone.merged_into if gone is not None else None


def get_organisation(slug: str) -> Organisation:
    """The organisation at this address; raises NotFound."""
    found = db.session.scalar(visible_to(None).where(Organisation.slug == slug).options(joinedload(Organisation.place)))
    if found is None:
        raise NotFound(slug)
    return found


def claimed_organisations() -> Sequence[Organisation]:
    """Organisations for which somebody speaks, in the dictionary order of their names."""
    claimed = visible_to(None).where(Organisation.claim == Claim.CLAIMED)
    return db.session.scalars(claimed.order_by(Organisation.sort_name, Organisation.id)).all()


def organisation_by_tax_code(tax_code: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.tax_code == tax_code))


def organisation_named(name: str) -> Organisation | None:
    """The organisation with exactly this Vietnamese or English name."""
    return db.session.scalar(
        visible_to(None).where((Organisation.name_vi == name) | (Organisation.name_en == name)).limit(1)
    )


def matching(words: str, helix: Helix | None, kind: Kind | None = None) -> Select[Organisation]:
    """Organisations whose names hold all the words, with or without diacritics, of one house or kind if asked."""
    found = visible_to(None)
    for word in fold(words).split()[:8]:
        found = found.where(Organisation.folded_names.contains(word, autoescape=True))
    if helix is not None:
        found = found.where(Organisation.helix == helix)
    if kind is not None:
        found = found.where(Organisation.kind == kind)
    return found.order_by(Organisation.sort_name, Organisation.id)


def organisations_of(person: Person | None, least: Role = Role.VIEWER) -> Sequence[Organisation]:
    """Where a person has at least this role now."""
    if person is None:
        return []
    return [body for body, role in _roles_of(person) if RANK[role] >= RANK[least]]


@asked_once
def _roles_of(person: Person) -> Sequence[tuple[Organisation, Role]]:
    found = speaks_for(person, Role.VIEWER).add_columns(Membership.role).order_by(Organisation.id)
    return [(body, role) for body, role in db.session.execute(found)]


def speaks_for(person: Person, least: Role = Role.MEMBER) -> Select[Organisation]:
    """The same as a statement."""
    roles = [role for role in Role if RANK[role] >= RANK[least]]
    return (
        select(Organisation)
        .join(Membership)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None), Membership.role.in_(roles))
        .where(Organisation.suspended_at.is_(None))
    )


def acting_for(person: Person, least: Role = Role.VIEWER) -> Select[int]:
    """Ids of the organisations in which a person has at least this role now; of a suspended one nobody has."""
    roles = [role for role in Role if RANK[role] >= RANK[least]]
    return (
        select(Membership.organisation_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None), Membership.role.in_(roles))
        .where(Organisation.suspended_at.is_(None))
    )


def agencies_of(person: Person | None, least: Role = Role.MEMBER) -> Sequence[Organisation]:
    """The state bodies for which a person may write challenges."""
    return [each for each in organisations_of(person, least) if each.kind in STATE_KINDS]


def entrants_of(person: Person | None, least: Role = Role.MEMBER) -> Sequence[Organisation]:
    """The organisations for which a person may answer challenges: all but state bodies."""
    found = organisations_of(person, least)
    return [each for each in found if each.kind not in STATE_KINDS and each.merged_into_id is None]


def own_name_of(person: Person) -> Organisation | None:
    """The entrant that is this person in their own name; None until they first answered so."""
    return db.session.scalar(select(Organisation).where(Organisation.person_id == person.id))


def open_memberships(organisation: Organisation) -> Sequence[Membership]:
    return db.session.scalars(
        select(Membership)
        .where(Membership.organisation_id == organisation.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.person), joinedload(Membership.giver))
        .order_by(Membership.id)
    ).all()


def memberships_of(person: Person) -> Sequence[Membership]:
    """Somebody's roles now, with their listed organisations."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.organisation)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None), Organisation.is_listed)
        .options(contains_eager(Membership.organisation))
        .order_by(Membership.id)
    ).all()


def open_membership(organisation: Organisation, person: Person) -> Membership | None:
    """The role that somebody has in the organisation now."""
    return db.session.scalar(
        select(Membership).where(
            Membership.organisation_id == organisation.id,
            Membership.person_id == person.id,
            Membership.ended_at.is_(None),
        )
    )


def open_owner_count(organisation: Organisation) -> int:
    owners = select(func.count()).where(
        Membership.organisation_id == organisation.id,
        Membership.role == Role.OWNER,
        Membership.ended_at.is_(None),
    )
    return db.session.scalar(owners) or 0


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


def open_invitations(organisation: Organisation, at: datetime) -> Sequence[Invitation]:
    """What was offered and may still be accepted at this moment."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at >= at,
        )
        .options(joinedload(Invitation.inviter))
        .order_by(Invitation.id)
    ).all()


def get_invitation(organisation: Organisation, reference: str) -> Invitation:
    """An invitation of this organisation by its public reference; raises NotFound."""
    found = db.session.scalar(
        select(Invitation).where(Invitation.organisation_id == organisation.id, Invitation.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def get_membership(organisation: Organisation, person_reference: str) -> Membership:
    """The open role of the person with this reference; raises NotFound."""
    found = db.session.scalar(
        select(Membership)
        .join(Person, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation.id, Membership.ended_at.is_(None))
        .where(Person.reference == person_reference)
    )
    if found is None:
        raise NotFound(person_reference)
    return found


def get_track_record(organisation: Organisation, reference: str) -> TrackRecord:
    """A line of the organisation's track record; raises NotFound."""
    found = db.session.scalar(
        select(TrackRecord).where(TrackRecord.organisation_id == organisation.id, TrackRecord.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def owner_of_line(reference: str) -> Organisation | None:
    """Whose track record holds the line with this reference."""
    return db.session.scalar(select(Organisation).join(TrackRecord).where(TrackRecord.reference == reference))


def places() -> Sequence[Place]:
    """The communes and wards in the dictionary order of their Vietnamese names."""
    return sorted(db.session.scalars(select(Place)), key=lambda place: sort_key(_bare_name(place.name_vi)))


def _bare_name(name: str) -> str:
    return name.removeprefix("Phường ").removeprefix("Xã ")
