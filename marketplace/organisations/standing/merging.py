"""Making one body of two that are the same, and taking that back.

What the duplicate put its name to stays under that name, and its people keep their roles there: whether it has entries
is nothing that the operator may learn before they are opened, so a merge neither moves them nor asks.
"""

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.organisations.models import Membership, Organisation, TrackRecord
from marketplace.organisations.services import start_membership
from marketplace.organisations.standing.events import MergeUndone, OrganisationsMerged
from marketplace.organisations.standing.policy import can_judge_standing


def merge_into(survivor: Organisation, gone: Organisation, *, actor: Person) -> None:
    """Give the people of the duplicate their roles with the survivor, move its track record, lead its address there.

    Raises WrongStage unless these are two listed bodies.
    """
    require(can_judge_standing, actor, survivor)
    for each in sorted((survivor, gone), key=lambda organisation: organisation.id):
        hold(each)
    if gone.id == survivor.id or not (gone.is_listed and survivor.is_listed):
        raise WrongStage("these two cannot become one")
    gone.merged_rows = {"people": _give_roles(gone, survivor, actor), "track": [item.id for item in gone.lines]}
    for item in list(gone.lines):
        item.organisation = survivor
    gone.is_listed, gone.merged_into, gone.merged_at = False, survivor, clock.now()
    announce(OrganisationsMerged(actor=actor, subject=survivor, facts={"gone": gone.reference, "name": str(gone)}))
    announce(OrganisationsMerged(actor=actor, subject=gone, facts={"into": survivor.reference}))


def undo_merge(gone: Organisation, *, actor: Person) -> Organisation:
    """Let the duplicate stand alone again; answers the survivor. Raises WrongStage if it was not merged."""
    require(can_judge_standing, actor, gone)
    hold(gone)
    survivor = gone.merged_into
    if survivor is None:
        raise WrongStage("it was not merged")
    rows = gone.merged_rows or {"people": [], "track": []}
    gone.is_listed, gone.merged_into, gone.merged_at, gone.merged_rows = True, None, None, None
    for membership in db.session.scalars(select(Membership).where(Membership.id.in_(rows["people"]))):
        membership.ended_at = membership.ended_at or clock.now()
    for item in db.session.scalars(select(TrackRecord).where(TrackRecord.id.in_(rows["track"]))):
        item.organisation = gone
    announce(MergeUndone(actor=actor, subject=survivor, facts={"back": gone.reference}))
    announce(MergeUndone(actor=actor, subject=gone, facts={"back": gone.reference}))
    return survivor


def _give_roles(gone: Organisation, survivor: Organisation, actor: Person) -> list[int]:
    """Whoever has no role with the survivor gets theirs there; answers the new memberships."""
    there = {each.person_id for each in survivor.memberships if each.ended_at is None}
    new = [each for each in gone.memberships if each.ended_at is None and each.person_id not in there]
    return [start_membership(survivor, each.person, role=each.role, giver=actor).id for each in new]
