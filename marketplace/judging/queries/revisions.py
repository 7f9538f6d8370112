"""Revisions that a panel required, and which of them stand in the way of a decision."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.db import db
from marketplace.judging.models import Panel, Revision
from marketplace.solutions.clarifying.models import Clarification


def revisions_of(panel: Panel) -> Sequence[Revision]:
    """All that were required, in order."""
    return db.session.scalars(
        select(Revision)
        .join(Revision.clarification)
        .where(Revision.panel_id == panel.id)
        .options(
            contains_eager(Revision.clarification).joinedload(Clarification.version), joinedload(Revision.decided_by)
        )
        .order_by(Revision.id)
    ).all()


def revision_by(clarification: Clarification) -> Revision | None:
    """The revision whose list this is."""
    return db.session.scalar(select(Revision).where(Revision.clarification_id == clarification.id))


def unrevised(panel: Panel, solutions: Collection[int], *, at: datetime) -> tuple[set[int], set[int]]:
    """The entries whose revision is still open or waits for the chair, and those that were not revised as required."""
    last = {each.clarification.solution_id: each.state(at) for each in revisions_of(panel)}
    waiting = {key for key, state in last.items() if state in {"open", "sent"}}
    return waiting & set(solutions), {key for key, state in last.items() if state in {"unsent", "refused"}}
