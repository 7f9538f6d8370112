"""Questions about entries that repeat others, for the agency that received them."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import HIDDEN, WITH_RESULTS
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.solutions.comparing.models import Comparison, LikenessHint
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.stages import RECEIVED, Stage

MOST_EARLIER = 2_000


def comparison_of(challenge: Challenge) -> Comparison | None:
    """When its entries were compared; None before."""
    return db.session.scalar(select(Comparison).where(Comparison.challenge_id == challenge.id))


def hints_on(version: SolutionVersion) -> Sequence[LikenessHint]:
    """What this version repeats, the most first, with all that the list shows."""
    other = joinedload(LikenessHint.other).joinedload(SolutionVersion.solution)
    return db.session.scalars(
        select(LikenessHint)
        .where(LikenessHint.version_id == version.id)
        .options(other.joinedload(Solution.organisation), other.joinedload(Solution.challenge))
        .order_by(LikenessHint.share_bp.desc(), LikenessHint.id)
    ).all()


def earlier_prizes(solution: Solution) -> Sequence[Solution]:
    """What the same organisation has won where everybody reads it, or with the same agency, the newest first."""
    known = Challenge.is_listed | (Challenge.agency_id == solution.challenge.agency_id)
    return db.session.scalars(
        select(Solution)
        .join(Solution.challenge)
        .where(Solution.organisation_id == solution.organisation_id, Solution.id != solution.id)
        .where(Solution.stage == Stage.AWARDED, Challenge.stage.in_(WITH_RESULTS), known)
        .options(joinedload(Solution.challenge), selectinload(Solution.versions))
        .order_by(Challenge.results_at.desc(), Solution.id.desc())
    ).all()


def to_compare_with(challenge: Challenge) -> Sequence[Solution]:
    """What came in elsewhere: received by the same agency for challenges that have closed, and published winners."""
    closed = (Challenge.closes_at <= challenge.closes_at) & Challenge.stage.not_in(HIDDEN | {ChallengeStage.CANCELLED})
    won = (Solution.stage == Stage.AWARDED) & Challenge.stage.in_(WITH_RESULTS) & Challenge.is_listed
    return db.session.scalars(
        select(Solution)
        .join(Solution.challenge)
        .where(Challenge.id != challenge.id, Solution.stage.in_(RECEIVED))
        .where(or_((Challenge.agency_id == challenge.agency_id) & closed, won))
        .options(joinedload(Solution.challenge), selectinload(Solution.versions), joinedload(Solution.envelope))
        .order_by(Solution.id.desc())
        .limit(MOST_EARLIER)
    ).all()


def forget_hints(challenge: Challenge) -> None:
    """Take away what was found for this challenge's entries before."""
    versions = select(SolutionVersion.id).join(SolutionVersion.solution).where(Solution.challenge_id == challenge.id)
    db.session.execute(delete(LikenessHint).where(LikenessHint.version_id.in_(versions)))
