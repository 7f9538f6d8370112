"""Hosting a challenge together: asked by the agency, accepted by the other, ended by either."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import CohostAccepted, CohostInvited, CohostRemoved
from marketplace.challenges.models import Challenge, Cohost
from marketplace.challenges.policy import can_accept_hosting, can_invite_cohost, can_remove_cohost
from marketplace.challenges.services.authoring import must_be_draft
from marketplace.challenges.stages import HIDDEN
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce
from marketplace.organisations.models import Organisation


def invite_cohost(challenge: Challenge, organisation: Organisation, *, actor: Person) -> Cohost:
    """Ask an organisation to host the draft too.

    Raises Refused unless a manager of the agency, WrongStage unless it is a draft, Conflict if it hosts already.
    """
    require(can_invite_cohost, actor, challenge)
    must_be_draft(challenge)
    if organisation.id == challenge.agency_id or any(
        each.organisation_id == organisation.id for each in challenge.cohosts
    ):
        raise Conflict("it hosts already")
    cohost = Cohost(challenge=challenge, organisation=organisation, inviter=actor, invited_at=clock.now())
    db.session.add(cohost)
    db.session.flush()
    announce(CohostInvited(actor=actor, subject=challenge, facts={"organisation": organisation.reference}))
    return cohost


def accept_hosting(cohost: Cohost, *, actor: Person) -> None:
    """Host too, before it is public. Raises Refused unless a manager there, Conflict if it was accepted before."""
    require(can_accept_hosting, actor, cohost)
    hold(cohost.challenge)
    if cohost.challenge.stage not in HIDDEN:
        raise WrongStage("it is public already")
    if cohost.accepted_at is not None:
        raise Conflict("accepted before")
    cohost.accepted_at, cohost.accepter = clock.now(), actor
    announce(
        CohostAccepted(actor=actor, subject=cohost.challenge, facts={"organisation": cohost.organisation.reference})
    )


def remove_cohost(cohost: Cohost, *, actor: Person) -> None:
    """End or refuse hosting while the challenge is not public. Raises Refused unless a manager of either side."""
    require(can_remove_cohost, actor, cohost)
    challenge = cohost.challenge
    hold(challenge)
    if challenge.stage not in HIDDEN:
        raise WrongStage("it is public already")
    hold(cohost)
    announce(CohostRemoved(actor=actor, subject=challenge, facts={"organisation": cohost.organisation.reference}))
    challenge.cohosts.remove(cohost)
    db.session.flush()
