"""Questions about meetings: visible to the two sides of their introduction."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.queries import visible_to as introductions_visible_to
from marketplace.matching.meetings.models import Meeting
from marketplace.matching.meetings.stages import STANDING


def visible_to(person: Person | None) -> Select[Meeting]:
    """Those of introductions that a person reads."""
    mine = introductions_visible_to(person).with_only_columns(Introduction.id)
    return select(Meeting).where(Meeting.introduction_id.in_(mine)).options(selectinload(Meeting.slots))


def get_meeting(reference: str, person: Person | None) -> Meeting:
    """The meeting with this reference; raises NotFound for everybody but the two sides."""
    found = db.session.scalar(visible_to(person).where(Meeting.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def standing_meeting(introduction: Introduction) -> Meeting | None:
    """The meeting that is proposed or agreed now."""
    return db.session.scalar(
        select(Meeting).where(Meeting.introduction_id == introduction.id, Meeting.stage.in_(STANDING))
    )


def meetings_of(introduction: Introduction) -> Sequence[Meeting]:
    """All meetings of an introduction, the newest first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.introduction_id == introduction.id)
        .options(selectinload(Meeting.slots))
        .order_by(Meeting.id.desc())
    ).all()
