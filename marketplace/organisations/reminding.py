"""The yearly question whether a profile is still true."""

from datetime import timedelta

from sqlalchemy import func, select

from marketplace import clock
from marketplace.db import db
from marketplace.events import announce
from marketplace.jobs import enqueue, job, periodic
from marketplace.organisations.events import ProfileReminderDue
from marketplace.organisations.freshness import CONFIRMED_FOR, REMINDED_BEFORE, is_to_remind
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Claim


@periodic("remind_of_profiles", timedelta(hours=6))
def remind_of_profiles() -> None:
    """Leave one reminder for each claimed profile that goes stale within a month; one for each confirmation.

    Not while nobody may confirm it: a suspended body is asked afterwards.
    """
    before = clock.now() - CONFIRMED_FOR + REMINDED_BEFORE
    confirmed = func.coalesce(Organisation.confirmed_at, Organisation.created_at)
    found = select(Organisation).where(
        Organisation.claim == Claim.CLAIMED, Organisation.suspended_at.is_(None), confirmed <= before
    )
    for organisation in db.session.scalars(found.order_by(Organisation.id)):
        key = f"{organisation.reference}:{organisation.last_confirmed_at:%Y-%m-%d}"
        enqueue("remind_of_profile", key=key, organisation_id=organisation.id)


@job("remind_of_profile")
def remind_of_profile(organisation_id: int) -> None:
    """Ask its people, unless somebody confirmed it meanwhile."""
    organisation = db.session.get_one(Organisation, organisation_id)
    if is_to_remind(organisation.last_confirmed_at, clock.now()):
        announce(ProfileReminderDue(actor=None, subject=organisation))
