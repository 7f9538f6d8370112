"""Copies that stand instead of files for judges of blind rounds."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.db import db
from marketplace.judging.models import RedactedCopy
from marketplace.solutions.models import Solution


def copies_of(solution: Solution) -> dict[str, RedactedCopy]:
    """The standing copies of an entry's files, by the reference of the file that was received."""
    found = db.session.scalars(
        select(RedactedCopy)
        .where(RedactedCopy.solution_id == solution.id, RedactedCopy.ended_at.is_(None))
        .options(joinedload(RedactedCopy.made_by))
        .order_by(RedactedCopy.id)
    )
    return {each.of_file: each for each in found}
