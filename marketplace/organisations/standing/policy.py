"""Who may change the standing of a body: pure questions."""

from marketplace.accounts.models import Person
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.policy import has_role, role_of
from marketplace.organisations.stages import RANK, Role
from marketplace.organisations.standing.models import SpeakerClaim


def can_claim_body(actor: Person | None, organisation: Organisation) -> bool:
    """Anybody with a confirmed address who has no role there; not while it is suspended."""
    confirmed = actor is not None and actor.confirmed_at is not None
    return confirmed and role_of(actor, organisation) is None and organisation.suspended_at is None


def can_withdraw_claim(actor: Person | None, claim: SpeakerClaim) -> bool:
    """Whoever made it."""
    return actor is not None and actor.id == claim.person_id


def can_decide_claim(actor: Person | None, claim: SpeakerClaim) -> bool:
    """Operators, but not about themselves."""
    return actor is not None and actor.is_operator and actor.id != claim.person_id


def can_open_proof(actor: Person | None, claim: SpeakerClaim) -> bool:
    """The claimant and operators."""
    return actor is not None and (actor.is_operator or actor.id == claim.person_id)


def can_judge_standing(actor: Person | None, _organisation: Organisation) -> bool:
    """Operators verify, suspend and merge."""
    return actor is not None and actor.is_operator


def can_hand_over(actor: Person | None, organisation: Organisation) -> bool:
    """Owners."""
    return has_role(actor, organisation, Role.OWNER)


def can_change_role(actor: Person | None, membership: Membership, role: Role) -> bool:
    """Owners, of others; managers among those below them. One's own role is laid down, not changed."""
    if actor is None or membership.ended_at is not None or actor.id == membership.person_id:
        return False
    own = role_of(actor, membership.organisation)
    if own == Role.OWNER:
        return True
    return own == Role.MANAGER and max(RANK[role], RANK[membership.role]) < RANK[Role.MANAGER]
