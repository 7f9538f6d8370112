"""Deeds on organisations: register, edit, invite, accept, end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.authority import require
from marketplace.db import db, hold, token
from marketplace.errors import Conflict, NotFound, Refused, WrongStage
from marketplace.events import announce
from marketplace.organisations.events import (
    InvitationAccepted,
    InvitationRevoked,
    InvitationSent,
    MembershipEnded,
    MembershipStarted,
    OrganisationChanged,
    OrganisationRegistered,
    ProfileAudiencesChanged,
    ProfileConfirmed,
    TrackRecordAdded,
    TrackRecordChanged,
    TrackRecordRemoved,
)
from marketplace.organisations.models import Invitation, Membership, Organisation, TrackRecord
from marketplace.organisations.naming import free_slug, index_names, thing_of
from marketplace.organisations.policy import (
    can_edit_organisation,
    can_end_membership,
    can_invite,
    can_register_organisation,
    can_revoke_invitation,
)
from marketplace.organisations.queries import (
    open_invitation,
    open_membership,
    open_owner_count,
    organisation_by_tax_code,
)
from marketplace.organisations.showing import PARTS, Face, audience_for, show_to, write
from marketplace.organisations.stages import RANK, Audience, Claim, Helix, Kind, Role
from marketplace.search import services as search
from marketplace.text import clean_line

PROFILE = (
    "name_vi",
    "name_en",
    "summary_vi",
    "summary_en",
    "capabilities",
    "website",
    "place_code",
    "tax_code",
    "trl_from",
    "trl_to",
    "fields",
    "concepts",
    "languages",
    "owner_group",
    "contact",
)
# What the operator made sure of: a change of these makes the body unverified.
VERIFIED = ("name_vi", "name_en", "tax_code", "website")


def register_organisation(kind: Kind, *, helix: Helix, actor: Person, **profile: Any) -> Organisation:
    """Register an organisation and become its owner.

    Raises Refused for somebody without a confirmed address and for state bodies, Conflict for a tax code already here.
    """
    require(can_register_organisation, actor, kind)
    _must_be_new(profile.get("tax_code"))
    organisation = add_organisation(kind, helix=helix, **profile)
    start_membership(organisation, actor, role=Role.OWNER, giver=actor)
    announce(OrganisationRegistered(actor=actor, subject=organisation))
    return organisation


def add_organisation(kind: Kind, *, helix: Helix, **profile: Any) -> Organisation:
    """An unclaimed organisation, from reference data or an import; `profile` are its columns."""
    organisation = Organisation(kind=kind, helix=helix, created_at=clock.now(), lines=[], **profile)
    organisation.slug = free_slug(organisation.name_vi or organisation.name_en or "")
    index_names(organisation)
    db.session.add(organisation)
    db.session.flush()
    search.put(thing_of(organisation))
    return organisation


def edit_organisation(organisation: Organisation, *, actor: Person, **profile: Any) -> None:
    """Change the public profile; raises Refused for anybody below manager, Conflict for somebody else's tax code."""
    require(can_edit_organisation, actor, organisation)
    _must_be_new(profile.get("tax_code"), but=organisation)
    hold(organisation)
    before = Face(organisation, Audience.OWN)
    if any(name in profile and profile[name] != getattr(before, name) for name in VERIFIED):
        organisation.verified_at = organisation.verified_how = None
    write(organisation, {name: profile[name] for name in PROFILE if name in profile})
    index_names(organisation)
    organisation.confirmed_at = clock.now()
    announce(OrganisationChanged(actor=actor, subject=organisation))


def set_audiences(
    organisation: Organisation, *, actor: Person, parts: Mapping[str, Audience], lines: Mapping[str, Audience]
) -> None:
    """Say who reads which parts of the profile and which lines of the track record (by reference).

    What is not for everyone leaves search, suggestions and lists at once. Raises Refused for anybody below manager.
    """
    require(can_edit_organisation, actor, organisation)
    hold(organisation)
    changed = {part: each for part, each in parts.items() if part in PARTS and each != audience_for(organisation, part)}
    for part, audience in changed.items():
        show_to(organisation, part, audience)
    moved = [line for line in organisation.lines if lines.get(line.reference, line.audience) != line.audience]
    for line in moved:
        line.audience = lines[line.reference]
    db.session.flush()
    told = {part: audience.value for part, audience in changed.items()}
    announce(ProfileAudiencesChanged(actor=actor, subject=organisation, facts={"parts": told, "lines": len(moved)}))


def confirm_profile(organisation: Organisation, *, actor: Person) -> None:
    """Say that the public profile is still true; raises Refused for anybody below manager."""
    require(can_edit_organisation, actor, organisation)
    hold(organisation)
    organisation.confirmed_at = clock.now()
    announce(ProfileConfirmed(actor=actor, subject=organisation))


def add_track_record(organisation: Organisation, *, actor: Person | None, **evidence: Any) -> TrackRecord:
    """Add a line of evidence; `actor` None is the system (an award, an import)."""
    if actor is not None:
        require(can_edit_organisation, actor, organisation)
    item = TrackRecord(organisation=organisation, **evidence)
    db.session.add(item)
    db.session.flush()
    announce(TrackRecordAdded(actor=actor, subject=organisation, facts=_title_told(item)))
    return item


def edit_track_record(item: TrackRecord, *, actor: Person, **evidence: Any) -> None:
    """Correct a line of evidence; the journal keeps what it said, and the profile counts as confirmed today.

    Raises Refused for anybody below manager.
    """
    organisation = item.organisation
    require(can_edit_organisation, actor, organisation)
    hold(item)
    before = {name: getattr(item, name) for name in evidence}
    changed = {name: value for name, value in evidence.items() if value != before[name]}
    was_public = item.audience == Audience.PUBLIC
    for name, value in changed.items():
        setattr(item, name, value)
    organisation.confirmed_at = clock.now()
    db.session.flush()
    db.session.expire(organisation, ["lines"])
    told = was_public and item.audience == Audience.PUBLIC
    facts = {name: {"before": before[name], "after": value} for name, value in changed.items()} if told else {}
    announce(TrackRecordChanged(actor=actor, subject=organisation, facts={"line": item.reference, **facts}))


def remove_track_record(item: TrackRecord, *, actor: Person) -> None:
    """Take a line of evidence off; raises Refused for anybody below manager."""
    organisation, facts = item.organisation, _title_told(item)
    require(can_edit_organisation, actor, organisation)
    hold(item)
    db.session.delete(item)
    db.session.flush()
    db.session.expire(organisation, ["lines"])
    announce(TrackRecordRemoved(actor=actor, subject=organisation, facts=facts))


def _title_told(item: TrackRecord) -> dict[str, str | None]:
    """What the journal keeps of a line: nothing of one that is not for everyone."""
    return {"title": item.title_vi or item.title_en} if item.audience == Audience.PUBLIC else {}


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


def revoke_invitation(invitation: Invitation, *, actor: Person) -> None:
    """Take the offer back. Raises Refused without the right, WrongStage once it was accepted or revoked."""
    require(can_revoke_invitation, actor, invitation)
    hold(invitation)
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise WrongStage("the invitation is not open")
    invitation.revoked_at = clock.now()
    announce(InvitationRevoked(actor=actor, subject=invitation))


def accept_invitation(key: str, *, actor: Person) -> Organisation:
    """Take the offered role; a higher one that the actor has already stays.

    Raises NotFound for an unknown or used key, Refused for another address, WrongStage once it has expired, Conflict
    if whoever sent it may not give the role any more.
    """
    invitation = open_invitation(key)
    if invitation is None:
        raise NotFound("invitation")
    hold(invitation)
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise NotFound("invitation")
    if invitation.email != actor.email:
        raise Refused("the invitation was sent to another address")
    if invitation.expires_at < clock.now():
        raise WrongStage("the invitation has expired")
    organisation = invitation.organisation
    hold_roles(organisation)
    if not can_invite(invitation.inviter, organisation, invitation.role):
        raise Conflict("the inviter may not give this role any more")
    invitation.accepted_at = clock.now()
    announce(InvitationAccepted(actor=actor, subject=invitation))
    existing = open_membership(organisation, actor)
    if existing is None or RANK[existing.role] < RANK[invitation.role]:
        start_membership(organisation, actor, role=invitation.role, giver=invitation.inviter)
    return organisation


def start_membership(organisation: Organisation, person: Person, *, role: Role, giver: Person | None) -> Membership:
    """Give a role; an open one is ended first, and the organisation is claimed from then on.

    Called by deeds that already asked whether it may be.
    """
    existing = open_membership(organisation, person)
    if existing is not None:
        existing.ended_at = clock.now()
        db.session.flush()
    membership = give_role(organisation, person, role=role, giver=giver)
    announce(MembershipStarted(actor=giver, subject=membership))
    return membership


def give_role(organisation: Organisation, person: Person, *, role: Role, giver: Person | None) -> Membership:
    """The row alone, for deeds that tell the journal themselves; the organisation is claimed from then on."""
    giver_id = giver.id if giver else None
    membership = Membership(
        organisation=organisation, person=person, role=role, giver_id=giver_id, given_at=clock.now()
    )
    db.session.add(membership)
    organisation.claim = Claim.CLAIMED
    db.session.flush()
    return membership


def end_membership(membership: Membership, *, actor: Person) -> None:
    """End a role at once. Raises Refused without the right, WrongStage if it has ended, Conflict for the last owner."""
    require(can_end_membership, actor, membership)
    organisation = membership.organisation
    hold_roles(organisation)
    db.session.refresh(membership)
    if membership.ended_at is not None:
        raise WrongStage("the membership has ended already")
    if membership.role == Role.OWNER and open_owner_count(organisation) == 1:
        raise Conflict("the last owner cannot leave")
    membership.ended_at = clock.now()
    announce(MembershipEnded(actor=actor, subject=membership))


def hold_roles(organisation: Organisation) -> None:
    """For deeds on roles: nobody else gives or ends a role here meanwhile; the roles are read afresh."""
    hold(organisation)
    db.session.expire(organisation, ["memberships"])


def _must_be_new(tax_code: str | None, *, but: Organisation | None = None) -> None:
    holder = organisation_by_tax_code(tax_code) if tax_code else None
    if holder is not None and holder is not but:
        raise Conflict("another organisation has this tax code")
