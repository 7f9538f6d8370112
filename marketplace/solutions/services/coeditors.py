"""Inviting people to one solution, accepting that, ending it."""

from datetime import timedelta

from flask import current_app

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.authority import require
from marketplace.db import db, hold, token
from marketplace.errors import Conflict, NotFound, Refused, WrongStage
from marketplace.events import announce
from marketplace.solutions.events import CoeditorAccepted, CoeditorEnded, CoeditorInvited
from marketplace.solutions.models import Coeditor, Solution
from marketplace.solutions.policy import can_end_coeditor, can_invite_coeditor
from marketplace.solutions.queries.writers import open_coeditor_invitation, open_coeditors
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable
from marketplace.solutions.stages import Right
from marketplace.text import clean_line


def invite_coeditor(solution: Solution, email: str, *, right: Right, actor: Person) -> Coeditor:
    """Offer a right to one draft to an address; an open offer or right of the same address is replaced.

    Raises Refused unless the actor is a member of the entrant, WrongStage unless the draft may still be changed.
    """
    require(can_invite_coeditor, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    key, address = token(), clean_line(email).lower()
    _end_those_of(solution, address)
    coeditor = Coeditor(
        solution=solution,
        email=address,
        right=right,
        key_hash=hashed(key),
        inviter=actor,
        invited_at=clock.now(),
        expires_at=clock.now() + timedelta(days=current_app.config["INVITATION_DAYS"]),
    )
    db.session.add(coeditor)
    db.session.flush()
    facts = {"right": right} | sealed(solution)
    announce(CoeditorInvited(actor=actor, subject=coeditor, facts=facts, unsaid={"key": key}))
    return coeditor


def _end_those_of(solution: Solution, address: str) -> None:
    for known in open_coeditors(solution):
        if known.email == address:
            known.ended_at = clock.now()
    db.session.flush()


def accept_coeditor_invitation(key: str, *, actor: Person) -> Solution:
    """Take the right that was offered.

    Raises NotFound for an unknown or used key, Refused for another address, WrongStage once it has expired, Conflict if
    whoever sent it may not invite any more.
    """
    coeditor = open_coeditor_invitation(key)
    if coeditor is None:
        raise NotFound("invitation")
    hold(coeditor)
    if coeditor.accepted_at is not None or coeditor.ended_at is not None:
        raise NotFound("invitation")
    if coeditor.email != actor.email:
        raise Refused("the invitation was sent to another address")
    if coeditor.expires_at < clock.now():
        raise WrongStage("the invitation has expired")
    if not can_invite_coeditor(coeditor.inviter, coeditor.solution):
        raise Conflict("the inviter may not give this right any more")
    coeditor.person, coeditor.accepted_at = actor, clock.now()
    announce(CoeditorAccepted(actor=actor, subject=coeditor, facts=sealed(coeditor.solution)))
    return coeditor.solution


def end_coeditor(coeditor: Coeditor, *, actor: Person) -> None:
    """Take back an invitation or a right, or leave; it ends at once. Raises Refused without the right to."""
    require(can_end_coeditor, actor, coeditor)
    hold(coeditor)
    if coeditor.ended_at is not None:
        raise WrongStage("it has ended already")
    coeditor.ended_at = clock.now()
    announce(CoeditorEnded(actor=actor, subject=coeditor, facts=sealed(coeditor.solution)))
