"""The lot of a panel, and what of it is public."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import WITH_RESULTS, Stage
from marketplace.db import db
from marketplace.judging.models import AssignmentDraw, Panel

_TOLD = WITH_RESULTS | {Stage.NOT_AWARDED}


def draw_of(challenge: Challenge) -> AssignmentDraw | None:
    """The seed that the challenge's panel committed to."""
    return db.session.scalar(
        select(AssignmentDraw)
        .join(AssignmentDraw.panel)
        .where(Panel.challenge_id == challenge.id)
        .options(joinedload(AssignmentDraw.panel))
    )


def is_revealed(draw: AssignmentDraw) -> bool:
    """Whether everybody may read the seed: once the results are public."""
    return draw.drawn_at is not None and draw.panel.challenge.stage in _TOLD
