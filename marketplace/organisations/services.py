"""Deeds on organisations: register, edit, invite, accept, end."""

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.authority import require
from marketplace.db import db, token
from marketplace.errors import Conflict, NotFound, Refused, WrongStage
from marketplace.events import announce
from marketplace.organisations.events import (
    InvitationSent,
    MembershipEnded,
    MembershipStarted,
    OrganisationChanged,
    OrganisationRegistered,
    TrackRecordAdded,
)
from marketplace.organisations.models import Invitation, Membership, Organisation, TrackRecord
from marketplace.organisations.policy import (
    can_edit_organisation,
    can_end_membership,
    can_invite,
    can_register_organisation,
)
from marketplace.organisations.queries import open_invitation, organisation_by_slug
from marketplace.organisations.stages import Claim, Helix, Kind, Role
from marketplace.text import clean_line, fold, random_reference, slugify

PROFILE = (
    "name_vi",
    "name_en",
    "summary_vi",
    "summary_en",
    "capabilities",
    "website",
    "place_code",
    "tax_code",
)


def register_organisation(kind: Kind, *, helix: Helix, actor: Person, **profile: Any) -> Organisation:
    """Register an organisation and become its owner. Raises Refused for somebody without a confirmed address."""
    require(can_register_organisation, actor)
    organisation = add_organisation(kind, helix=helix, **profile)
    organisation.claim = Claim.CLAIMED
    start_membership(organisation, actor, role=Role.OWNER, giver=actor)
    announce(OrganisationRegistered(actor=actor, subject=organisation))
    return organisation


def add_organisation(kind: Kind, *, helix: Helix, **profile: Any) -> Organisation:
    """An unclaimed organisation, from reference data or an import; `profile` are its columns."""
    organisation = Organisation(kind=kind, helix=helix, created_at=clock.now(), **profile)
    organisation.slug = free_slug(organisation.name_vi or organisation.name_en or "")
    organisation.folded_names = _folded_names(organisation)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def edit_organisation(organisation: Organisation, *, actor: Person, **profile: Any) -> None:
    """Change the public profile; raises Refused for anybody below manager."""
    require(can_edit_organisation, actor, organisation)
    for name in PROFILE:
        if name in profile:
            setattr(organisation, name, profile[name])
    organisation.folded_names = _folded_names(organisation)
    announce(OrganisationChanged(actor=actor, subject=organisation))


def add_track_record(organisation: Organisation, *, actor: Person | None, **evidence: Any) -> TrackRecord:
    """Add a line of evidence; `actor` None is the system (an award, an import)."""
    if actor is not None:
        require(can_edit_organisation, actor, organisation)
    item = TrackRecord(organisation=organisation, **evidence)
    db.session.add(item)
    db.session.flush()
    announce(TrackRecordAdded(actor=actor, subject=organisation, facts={"title": item.title_vi or item.title_en}))
    return item


def invite(organisation: Organisation, email: str, *, role: Role, actor: Person) -> Invitation:
    """Offer a role to an address; raises Refused where the actor may not give it."""
    require(can_invite, actor, organisation, role)
    key = token()
    invitation = Invitation(
        organisation=organisation,
        email=clean_line(email).lower(),
        role=role,
        key_hash=hashed(key),
        inviter=actor,
        invited_at=clock.now(),
        expires_at=clock.now() + timedelta(days=current_app.config["INVITATION_DAYS"]),
    )
    db.session.add(invitation)
    db.session.flush()
    announce(InvitationSent(actor=actor, subject=invitation, unsaid={"key": key}))
    return invitation


def accept_invitation(key: str, *, actor: Person) -> Organisation:
    """Take the offered role. Raises NotFound for an unknown or used key, Refused for another address, WrongStage late."""
    invitation = open_invitation(key)
    if invitation is None:
        raise NotFound("invitation")
    db.session.refresh(invitation, with_for_update=True)
    if invitation.accepted_at is not None:
        raise NotFound("invitation")
    if invitation.email != actor.email:
        raise Refused("the invitation was sent to another address")
    if invitation.expires_at < clock.now():
        raise WrongStage("the invitation has expired")
    invitation.accepted_at = clock.now()
    invitation.organisation.claim = Claim.CLAIMED
    start_membership(invitation.organisation, actor, role=invitation.role, giver=invitation.inviter)
    return invitation.organisation


def start_membership(organisation: Organisation, person: Person, *, role: Role, giver: Person | None) -> Membership:
    """Give a role; an open one is ended first. Called by deeds that already asked whether it may be."""
    existing = _open_membership(organisation, person)
    if existing is not None:
        existing.ended_at = clock.now()
        db.session.flush()
    membership = Membership(
        organisation=organisation,
        person=person,
        role=role,
        giver_id=giver.id if giver else None,
        given_at=clock.now(),
    )
    db.session.add(membership)
    db.session.flush()
    announce(MembershipStarted(actor=giver, subject=membership))
    return membership


def end_membership(membership: Membership, *, actor: Person) -> None:
    """End a role at once. Raises Refused without the right, Conflict for the last owner."""
    require(can_end_membership, actor, membership)
    organisation = membership.organisation
    db.session.refresh(organisation, with_for_update=True)
    owners = db.session.scalars(
        select(Membership.id).where(
            Membership.organisation_id == organisation.id,
            Membership.role == Role.OWNER,
            Membership.ended_at.is_(None),
        )
    ).all()
    if list(owners) == [membership.id]:
        raise Conflict("the last owner cannot leave")
    membership.ended_at = clock.now()
    announce(MembershipEnded(actor=actor, subject=membership))


def free_slug(name: str) -> str:
    """A slug nobody has: the name's, with a random tail where it is taken or reserved."""
    slug = slugify(name) or "to-chuc"
    if slug in {"new", "en", "invitations"} or organisation_by_slug(slug):
        slug = f"{slug[:80]}-{random_reference('x', 5)[2:].lower()}"
    return slug


def _open_membership(organisation: Organisation, person: Person) -> Membership | None:
    return db.session.scalar(
        select(Membership).where(
            Membership.organisation_id == organisation.id,
            Membership.person_id == person.id,
            Membership.ended_at.is_(None),
        )
    )


def _folded_names(organisation: Organisation) -> str:
    names = (organisation.name_vi, organisation.name_en, organisation.symbol)
    return fold(" ".join(name for name in names if name))
