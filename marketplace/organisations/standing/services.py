"""Deeds on who speaks for a body, and whether it may act."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce
from marketplace.files import StoredFile
from marketplace.organisations.events import MembershipEnded
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.queries import open_owner_count
from marketplace.organisations.services import hold_roles, start_membership
from marketplace.organisations.stages import Claim, Role
from marketplace.organisations.standing.events import (
    OrganisationSuspended,
    OrganisationVerified,
    OwnershipHandedOver,
    RoleChanged,
    SpeakerClaimAccepted,
    SpeakerClaimed,
    SpeakerClaimRefused,
    SpeakerClaimWithdrawn,
    SuspensionLifted,
)
from marketplace.organisations.standing.models import SpeakerClaim
from marketplace.organisations.standing.policy import (
    can_change_role,
    can_claim_body,
    can_decide_claim,
    can_hand_over,
    can_judge_standing,
    can_withdraw_claim,
)
from marketplace.organisations.standing.queries import open_claim_of


def claim_body(
    organisation: Organisation, *, actor: Person, file: StoredFile | None = None, **said: str | None
) -> SpeakerClaim:
    """Say that one speaks for a body: position, paper, phone, note; `file` is a scan of the paper.

    Raises Refused, Conflict if one did so already.
    """
    require(can_claim_body, actor, organisation)
    hold(organisation)
    if open_claim_of(actor, organisation) is not None:
        raise Conflict("the claim is open already")
    dispute = organisation.claim == Claim.CLAIMED
    claim = SpeakerClaim(
        organisation=organisation, person=actor, is_dispute=dispute, claimed_at=clock.now(), stage="open", **said
    )
    claim.file = file
    db.session.add(claim)
    db.session.flush()
    facts = {"organisation": organisation.reference} | ({"sha256": file.sha256} if file is not None else {})
    announce(SpeakerClaimed(actor=actor, subject=claim, facts=facts))
    return claim


def withdraw_claim(claim: SpeakerClaim, *, actor: Person) -> None:
    """Take one's own claim back. Raises WrongStage once it is decided."""
    require(can_withdraw_claim, actor, claim)
    claim.move("withdraw")
    announce(SpeakerClaimWithdrawn(actor=actor, subject=claim))


def accept_claim(claim: SpeakerClaim, *, actor: Person) -> None:
    """Make the claimant an owner and the body verified by the paper they named; of two at once the body has both.

    Those who speak for it already stay: in a dispute the operator ends roles one by one, with open eyes.
    """
    require(can_decide_claim, actor, claim)
    organisation = claim.organisation
    hold_roles(organisation)
    claim.move("accept")
    claim.decided_by, claim.decided_at = actor, clock.now()
    start_membership(organisation, claim.person, role=Role.OWNER, giver=actor)
    announce(SpeakerClaimAccepted(actor=actor, subject=claim))
    verify_organisation(organisation, how=claim.paper, actor=actor)


def refuse_claim(claim: SpeakerClaim, *, reason: str, actor: Person) -> None:
    """Say no, and why; they may claim again with a better paper."""
    require(can_decide_claim, actor, claim)
    claim.move("refuse")
    claim.decided_by, claim.decided_at, claim.reason = actor, clock.now(), reason
    announce(SpeakerClaimRefused(actor=actor, subject=claim, facts={"reason": reason}))


def verify_organisation(organisation: Organisation, *, how: str, actor: Person) -> None:
    """Say that the body is what it says, how one made sure, and today's date."""
    require(can_judge_standing, actor, organisation)
    hold(organisation)
    organisation.verified_at, organisation.verified_how = clock.now(), how
    announce(OrganisationVerified(actor=actor, subject=organisation, facts={"how": how}))


def suspend_organisation(organisation: Organisation, *, reason: str, actor: Person) -> None:
    """Nobody acts for the body from the next request on; what it sent stays. Raises WrongStage if it is suspended."""
    require(can_judge_standing, actor, organisation)
    hold(organisation)
    if organisation.suspended_at is not None:
        raise WrongStage("it is suspended already")
    organisation.suspended_at, organisation.suspended_for = clock.now(), reason
    announce(OrganisationSuspended(actor=actor, subject=organisation, facts={"reason": reason}))


def lift_suspension(organisation: Organisation, *, actor: Person) -> None:
    """Its people may act again. Raises WrongStage if it is not suspended."""
    require(can_judge_standing, actor, organisation)
    hold(organisation)
    if organisation.suspended_at is None:
        raise WrongStage("it is not suspended")
    organisation.suspended_at = organisation.suspended_for = None
    announce(SuspensionLifted(actor=actor, subject=organisation))


def change_role(membership: Membership, role: Role, *, actor: Person) -> Membership:
    """Give somebody another role. Raises WrongStage if theirs has ended, Conflict if nobody would be owner."""
    require(can_change_role, actor, membership, role)
    organisation = membership.organisation
    hold_roles(organisation)
    db.session.refresh(membership)
    require(can_change_role, actor, membership, role)
    if membership.role == Role.OWNER and role != Role.OWNER and open_owner_count(organisation) == 1:
        raise Conflict("nobody would be owner")
    before = membership.role
    changed = start_membership(organisation, membership.person, role=role, giver=actor)
    announce(RoleChanged(actor=actor, subject=changed, facts={"before": before.value}))
    return changed


def hand_over(membership: Membership, *, actor: Person) -> None:
    """Make this member the owner and leave; for the last owner the only way out. Raises WrongStage if theirs ended."""
    organisation = membership.organisation
    require(can_hand_over, actor, organisation)
    hold_roles(organisation)
    db.session.refresh(membership)
    require(can_hand_over, actor, organisation)
    if membership.ended_at is not None or membership.person_id == actor.id:
        raise WrongStage("only somebody else with a role can follow")
    if membership.role != Role.OWNER:
        start_membership(organisation, membership.person, role=Role.OWNER, giver=actor)
    own = next(each for each in organisation.memberships if each.person_id == actor.id and each.ended_at is None)
    own.ended_at = clock.now()
    announce(MembershipEnded(actor=actor, subject=own))
    announce(OwnershipHandedOver(actor=actor, subject=organisation, facts={"to": membership.person.full_name}))
