"""Who may do what with organisations: pure questions over open memberships."""

from marketplace.accounts.models import Person
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import RANK, STATE_KINDS, Role


def role_of(actor: Person | None, organisation: Organisation) -> Role | None:
    """The actor's open role in this organisation."""
    if actor is None:
        return None
    for membership in organisation.memberships:
        if membership.person_id == actor.id and membership.ended_at is None:
            return membership.role
    return None


def has_role(actor: Person | None, organisation: Organisation, least: Role) -> bool:
    """Whether the actor has at least this role."""
    role = role_of(actor, organisation)
    return role is not None and RANK[role] >= RANK[least]


def can_register_organisation(actor: Person | None) -> bool:
    """Anybody with a confirmed address."""
    return actor is not None and actor.confirmed_at is not None


def can_edit_organisation(actor: Person | None, organisation: Organisation) -> bool:
    """Managers and owners."""
    return has_role(actor, organisation, Role.MANAGER)


def can_see_members(actor: Person | None, organisation: Organisation) -> bool:
    """Members see each other; operators see all."""
    return role_of(actor, organisation) is not None or (actor is not None and actor.is_operator)


def can_invite(actor: Person | None, organisation: Organisation, role: Role) -> bool:
    """Managers invite up to their own role; operators name the first owner of an unclaimed body."""
    if actor is not None and actor.is_operator and not any(m.ended_at is None for m in organisation.memberships):
        return True
    own = role_of(actor, organisation)
    return own is not None and RANK[own] >= RANK[Role.MANAGER] and RANK[role] <= RANK[own]


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
