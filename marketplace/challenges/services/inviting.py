"""A challenge for invited organisations only: said while it is a draft, its list kept by the agency."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import AudienceChanged, GuestInvited, GuestRemoved
from marketplace.challenges.models import Challenge, Guest
from marketplace.challenges.policy import can_edit_challenge, can_invite_guest
from marketplace.challenges.services.authoring import must_be_draft
from marketplace.challenges.stages import HIDDEN, Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import is_agency


def change_audience(challenge: Challenge, *, actor: Person, invited_only: bool) -> None:
    """Say whether everybody sees and may answer it, or whoever is invited. Raises Refused, WrongStage after a draft."""
    require(can_edit_challenge, actor, challenge)
    must_be_draft(challenge)
    challenge.invited_only = invited_only
    announce(AudienceChanged(actor=actor, subject=challenge))


def invite_guest(challenge: Challenge, *, actor: Person, organisation: Organisation | None, email: str | None) -> Guest:
    """Put an organisation, or whoever has an account with this address, on the list; heard once it is published.

    Raises Refused, WrongStage where everybody sees it or after closing, Conflict for a state body and a second time.
    """
    require(can_invite_guest, actor, challenge)
    hold(challenge)
    is_over = challenge.stage not in HIDDEN | {Stage.PUBLISHED} or challenge.is_closed(clock.database_now())
    if not challenge.invited_only or is_over:
        raise WrongStage("nobody is invited to it now")
    db.session.expire(challenge, ["guests"])
    if organisation is not None and is_agency(organisation):
        raise Conflict("state bodies do not answer")
    wanted = (organisation.id if organisation else None, email.casefold() if email else None)
    if any((each.organisation_id, each.email) == wanted for each in challenge.guests):
        raise Conflict("invited before")
    guest = Guest(organisation=organisation, email=wanted[1], inviter=actor, invited_at=clock.now())
    challenge.guests.append(guest)
    db.session.flush()
    announce(GuestInvited(actor=actor, subject=challenge, facts={"guest": guest.reference}, unsaid={"guest": guest}))
    return guest


def remove_guest(guest: Guest, *, actor: Person) -> None:
    """Take somebody off the list, before anybody could see it. Raises Refused, WrongStage once it is published."""
    challenge = guest.challenge
    require(can_invite_guest, actor, challenge)
    hold(challenge)
    if challenge.stage not in HIDDEN:
        raise WrongStage("whoever was invited has read it")
    hold(guest)
    announce(GuestRemoved(actor=actor, subject=challenge, facts={"guest": guest.reference}))
    challenge.guests.remove(guest)
    db.session.flush()
