"""Who may do what with organisations: pure questions over open memberships."""

from marketplace.accounts.models import Person
from marketplace.organisations.models import Invitation, Membership, Organisation
from marketplace.organisations.stages import RANK, STATE_KINDS, Kind, Role


def role_of(actor: Person | None, organisation: Organisation) -> Role | None:
    """The actor's open role in this organisation; while it is suspended nobody has one."""
    if actor is None or organisation.suspended_at is not None:
        return None
    for membership in organisation.memberships:
        if membership.person_id == actor.id and membership.ended_at is None:
            return membership.role
    return None


def has_role(actor: Person | None, organisation: Organisation, least: Role) -> bool:
    """Whether the actor has at least this role."""
    role = role_of(actor, organisation)
    return role is not None and RANK[role] >= RANK[least]


def can_register_organisation(actor: Person | None, kind: Kind) -> bool:
    """Anybody with a confirmed address, but for state bodies: those are reference data, and claimed."""
    return actor is not None and actor.confirmed_at is not None and kind not in STATE_KINDS


def can_edit_organisation(actor: Person | None, organisation: Organisation) -> bool:
    """Managers and owners."""
    return has_role(actor, organisation, Role.MANAGER)


def can_see_members(actor: Person | None, organisation: Organisation) -> bool:
    """Members see each other; operators see all."""
    return role_of(actor, organisation) is not None or (actor is not None and actor.is_operator)


def can_name_owner(actor: Person | None, organisation: Organisation) -> bool:
    """Operators, as long as nobody speaks for the body."""
    unclaimed = not any(membership.ended_at is None for membership in organisation.memberships)
    return unclaimed and actor is not None and actor.is_operator


def can_invite(actor: Person | None, organisation: Organisation, role: Role) -> bool:
    """Managers invite up to their own role; operators name the first owner of a body nobody speaks for."""
    if can_name_owner(actor, organisation) and role == Role.OWNER:
        return True
    own = role_of(actor, organisation)
    return own is not None and RANK[own] >= RANK[Role.MANAGER] and RANK[role] <= RANK[own]


def can_revoke_invitation(actor: Person | None, invitation: Invitation) -> bool:
    """Whoever could send it."""
    return can_invite(actor, invitation.organisation, invitation.role)


def can_end_membership(actor: Person | None, membership: Membership) -> bool:
    """Oneself; owners anybody; managers those below them. Whether it is the last owner is decided by the deed."""
    if actor is None or membership.ended_at is not None:
        return False
    own = role_of(actor, membership.organisation)
    if actor.id == membership.person_id:
        return True
    return own == Role.OWNER or (own == Role.MANAGER and RANK[membership.role] < RANK[Role.MANAGER])


def is_agency(organisation: Organisation) -> bool:
    """A state body that may publish challenges."""
    return organisation.kind in STATE_KINDS
