"""Who may do what with challenges: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge, Cohost
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role, is_agency
from marketplace.organisations.stages import Role


def can_draft_challenge(actor: Person | None, agency: Organisation) -> bool:
    """Members of a state body write for it."""
    return is_agency(agency) and has_role(actor, agency, Role.MEMBER)


def can_edit_challenge(actor: Person | None, challenge: Challenge) -> bool:
    """Members of the owning agency, and of organisations that host too."""
    return any(has_role(actor, organisation, Role.MEMBER) for organisation in challenge.hosts)


def can_invite_cohost(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency."""
    return has_role(actor, challenge.agency, Role.MANAGER)


def can_accept_hosting(actor: Person | None, cohost: Cohost) -> bool:
    """Managers of the organisation that was asked answer for it."""
    return has_role(actor, cohost.organisation, Role.MANAGER)


def can_remove_cohost(actor: Person | None, cohost: Cohost) -> bool:
    """Managers of either side."""
    return can_invite_cohost(actor, cohost.challenge) or can_accept_hosting(actor, cohost)


def can_submit_challenge(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency answer for what is asked in its name."""
    return has_role(actor, challenge.agency, Role.MANAGER)


def can_publish_challenge(actor: Person | None, challenge: Challenge) -> bool:
    """Operators, but never what they wrote themselves."""
    return actor is not None and actor.is_operator and challenge.author_id != actor.id


def can_return_challenge(actor: Person | None, challenge: Challenge) -> bool:
    """Whoever could publish it may send it back."""
    return can_publish_challenge(actor, challenge)


def can_waive_gap(actor: Person | None, challenge: Challenge) -> bool:
    """Whoever could publish it may let a gap pass."""
    return can_publish_challenge(actor, challenge)


def can_discuss_review(actor: Person | None, challenge: Challenge) -> bool:
    """Its authors, and operators."""
    return can_edit_challenge(actor, challenge) or (actor is not None and actor.is_operator)


def can_settle_pledge(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency answer for what it promised."""
    return has_role(actor, challenge.agency, Role.MANAGER)


def can_cancel_challenge(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency, with reasons."""
    return has_role(actor, challenge.agency, Role.MANAGER)


def can_import_challenges(actor: Person | None) -> bool:
    """Operators."""
    return actor is not None and actor.is_operator


def can_invite_guest(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the owning agency."""
    return has_role(actor, challenge.agency, Role.MANAGER)


def may_answer_for(actor: Person, organisation: Organisation, challenge: Challenge) -> bool:
    """Whether the list of those invited lets this person answer in the organisation's name; without a list all may."""
    if not challenge.invited_only:
        return True
    guests = {guest.organisation_id for guest in challenge.guests if guest.organisation_id}
    return organisation.id in guests or is_invited_by_name(actor, challenge)


def is_invited_by_name(actor: Person, challenge: Challenge) -> bool:
    """Whether somebody's own address stands on the list, so that they may answer in every name they have."""
    return any(guest.email == actor.email.casefold() for guest in challenge.guests)


def can_run_challenge(actor: Person | None, challenge: Challenge) -> bool:
    """The secretary's work after closing: members of the owning agency."""
    return has_role(actor, challenge.agency, Role.MEMBER)
