"""What standing does when others announce; writes rows only."""

from marketplace import clock
from marketplace.events import listens_to
from marketplace.organisations.events import MembershipEnded
from marketplace.organisations.queries import open_membership
from marketplace.organisations.standing.queries import merged_into


@listens_to(MembershipEnded)
def end_role_with_duplicates(event: MembershipEnded) -> None:
    """Whoever leaves a body leaves the duplicates that became part of it."""
    membership = event.subject
    for gone in merged_into(membership.organisation):
        there = open_membership(gone, membership.person)
        if there is not None:
            there.ended_at = clock.now()
