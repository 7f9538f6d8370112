"""Questions about published results; everything here is public, nothing of it exists before publication."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to
from marketplace.challenges.stages import WITH_RESULTS, Stage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.models import Decision, Panel, Result, Seat, Sheet
from marketplace.judging.queries.entries import eligible_count, received_count
from marketplace.judging.stages import SeatStage, SheetStage
from marketplace.solutions.models import Solution

_SHOWN = WITH_RESULTS | {Stage.NOT_AWARDED}


@dataclass(frozen=True)
class Figures:
    """How a challenge was judged, in numbers; judges are those with a final sheet."""

    received: int
    eligible: int
    judges: int
    sheets: int


def published(person: Person | None = None) -> Select[Decision]:
    """Published decisions on challenges that this person may know of, with their winners, the newest first."""
    solution = selectinload(Decision.results).joinedload(Result.solution)
    return (
        select(Decision)
        .join(Decision.challenge)
        .where(Decision.published_at.is_not(None), Challenge.stage.in_(_SHOWN))
        .where(Decision.challenge_id.in_(visible_to(person).with_only_columns(Challenge.id)))
        .where(Decision.published_at.is_not(None), Decision.returned_at.is_(None), Challenge.stage.in_(_SHOWN))
        .options(
            joinedload(Decision.challenge).joinedload(Challenge.agency),
            solution.joinedload(Solution.organisation),
            solution.selectinload(Solution.versions),
        )
        .order_by(Decision.published_at.desc(), Decision.id.desc())
    )


def get_decision(slug: str, person: Person | None) -> Decision:
    """The published decision of this challenge; raises NotFound before publication, and for who may not know of it."""
    found = db.session.scalar(
        published(person)
        .where(Challenge.slug == slug)
        .options(joinedload(Decision.challenge).selectinload(Challenge.criteria))
    )
    if found is None:
        raise NotFound(slug)
    return found


def decision_on(challenge: Challenge, person: Person | None) -> Decision | None:
    """The same of a challenge that is at hand; None before publication, and for who may not know of it."""
    if challenge.stage not in _SHOWN:
        return None
    return db.session.scalar(published(person).where(Decision.challenge_id == challenge.id))


def latest_winners(limit: int = 3) -> Sequence[Result]:
    """The winners published last."""
    return db.session.scalars(
        select(Result)
        .join(Result.decision)
        .join(Decision.challenge)
        .where(Result.awarded, Decision.published_at.is_not(None), Challenge.stage.in_(_SHOWN), Challenge.is_listed)
        .where(Result.awarded, Decision.published_at.is_not(None), Decision.returned_at.is_(None))
        .where(Challenge.stage.in_(_SHOWN), Result.hidden_at.is_(None))
        .options(
            joinedload(Result.decision).joinedload(Decision.challenge),
            joinedload(Result.solution).joinedload(Solution.organisation),
            joinedload(Result.solution).selectinload(Solution.versions),
        )
        .order_by(Decision.published_at.desc(), Result.decision_id.desc(), Result.position)
        .limit(limit)
    ).all()


def figures(challenge: Challenge) -> Figures:
    """What the public may know of how it was judged."""
    judges, sheets = db.session.execute(
        select(func.count(Sheet.seat_id.distinct()), func.count())
        .join(Seat, Seat.id == Sheet.seat_id)
        .join(Panel, Panel.id == Seat.panel_id)
        .where(Panel.challenge_id == challenge.id, Sheet.stage == SheetStage.FINAL, Seat.stage == SeatStage.ACCEPTED)
    ).one()
    return Figures(received_count(challenge), eligible_count(challenge), judges, sheets)
