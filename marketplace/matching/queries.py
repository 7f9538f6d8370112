"""Questions of matching: what profiles and challenges say publicly, and what was suggested."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to as challenges_visible_to
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.matching.models import Feedback, ModelEvaluation, Suggestion
from marketplace.matching.partners import missing_houses
from marketplace.matching.profiles import Need, Problem, joined
from marketplace.matching.second_life import fitting
from marketplace.matching.stages import Row
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Helix
from marketplace.relevance.answers import Query

_LOOKED_AT = 200
_OTHER_PROBLEMS = 3


@dataclass(frozen=True)
class Board:
    """The suggestions for a challenge, and what even all of them together leave open."""

    best: list[Suggestion]
    newcomers: list[Suggestion]
    far: list[Suggestion]
    missing_houses: list[Helix]
    missing_needs: list[dict[str, str]]


@dataclass(frozen=True)
class OtherProblem:
    """A problem that an entry may answer too, and the phrases of it that say so."""

    challenge: Challenge
    phrases: tuple[str, ...]


def problem_of(challenge: Challenge) -> Problem:
    """What the challenge asks for publicly."""
    needs = tuple(Need(line.get("vi") or "", line.get("en") or "") for line in challenge.capabilities or [])
    outcomes = [text for line in challenge.outcomes or [] for text in line.values()]
    texts = [challenge.summary_vi, challenge.summary_en, challenge.description_vi, challenge.description_en]
    return Problem(
        agency_slug=challenge.agency.slug,
        agency_helix=challenge.agency.helix,
        title=joined(challenge.title_vi, challenge.title_en),
        needs=needs,
        text=joined(*texts, *outcomes),
    )


def challenges_to_match(at: datetime) -> Sequence[Challenge]:
    """Published challenges that take solutions now or later."""
    return db.session.scalars(
        challenges_visible_to(None)
        .where(Challenge.stage == ChallengeStage.PUBLISHED, Challenge.closes_at > at)
        .options(joinedload(Challenge.agency))
        .order_by(Challenge.id)
    ).all()


def challenges_by_id(ids: Collection[int]) -> Sequence[Challenge]:
    """These challenges with who asks."""
    found = select(Challenge).where(Challenge.id.in_(ids)).options(joinedload(Challenge.agency))
    return db.session.scalars(found.order_by(Challenge.id)).all()


def other_problems_for(content: dict[str, Any], *, besides: Challenge, at: datetime) -> list[OtherProblem]:
    """Of the problems that take solutions now or later those that an entry with this content may answer too.

    For the entrant's eyes only; nothing of it is kept. The newest are looked at, so that the page stays quick.
    """
    newest = sorted(challenges_to_match(at), key=lambda challenge: challenge.id, reverse=True)
    others = [challenge for challenge in newest if challenge.id != besides.id][:_LOOKED_AT]
    texts = [content.get(name) or "" for name in ("summary", "approach", "impact", "pilot_plan")]
    entry = Query(title=joined(content.get("title_vi"), content.get("title_en")), body=joined(*texts))
    found = fitting(entry, [problem_of(challenge) for challenge in others], most=_OTHER_PROBLEMS)
    return [OtherProblem(others[fit.place], fit.phrases) for fit in found]


def organisation_ids(slugs: Sequence[str]) -> dict[str, int]:
    """The ids of the organisations with these slugs."""
    return dict(
        db.session.execute(select(Organisation.slug, Organisation.id).where(Organisation.slug.in_(slugs))).all()
    )


def suggestions_for(challenge: Challenge) -> Sequence[Suggestion]:
    """What was suggested, row by row, the best of each first."""
    return db.session.scalars(
        select(Suggestion)
        .where(Suggestion.challenge_id == challenge.id)
        .options(joinedload(Suggestion.organisation))
        .order_by(Suggestion.row, Suggestion.place)
    ).all()


def get_suggestion(challenge: Challenge, slug: str) -> Suggestion:
    """The suggestion of the organisation with this slug for the challenge; raises NotFound."""
    found = db.session.scalar(
        select(Suggestion)
        .join(Suggestion.organisation)
        .where(Suggestion.challenge_id == challenge.id, Organisation.slug == slug)
    )
    if found is None:
        raise NotFound(slug)
    return found


def feedback_of(suggestion: Suggestion, person: Person) -> Feedback | None:
    """What the person said of the organisation for this challenge."""
    return db.session.scalar(
        select(Feedback).where(
            Feedback.challenge_id == suggestion.challenge_id,
            Feedback.organisation_id == suggestion.organisation_id,
            Feedback.person_id == person.id,
        )
    )


def feedback_by(person: Person, challenge: Challenge) -> dict[int, Feedback]:
    """What the person said of the suggestions for a challenge, by the organisation's id."""
    found = db.session.scalars(
        select(Feedback).where(Feedback.challenge_id == challenge.id, Feedback.person_id == person.id)
    )
    return {each.organisation_id: each for each in found}


def is_model_known(version: str) -> bool:
    """Whether this version was evaluated and journaled."""
    return db.session.scalar(select(ModelEvaluation.id).where(ModelEvaluation.version == version)) is not None


def models_used() -> Sequence[ModelEvaluation]:
    """Every version of the model that made suggestions here, the newest first."""
    return db.session.scalars(select(ModelEvaluation).order_by(ModelEvaluation.id.desc())).all()


def feedback_counts() -> dict[tuple[str, str], int]:
    """How often each verdict was given on each version's suggestions."""
    counted = select(Feedback.model_version, Feedback.verdict, func.count())
    rows = db.session.execute(counted.group_by(Feedback.model_version, Feedback.verdict))
    return {(version, verdict.value): number for version, verdict, number in rows}


def board(challenge: Challenge) -> Board:
    """The suggestions by row, the houses and the needed capabilities that none of them brings."""
    rows = suggestions_for(challenge)
    present = {challenge.agency.helix} | {each.organisation.helix for each in rows}
    return Board(
        best=[each for each in rows if each.row == Row.BEST],
        newcomers=[each for each in rows if each.row == Row.NEWCOMER],
        far=[each for each in rows if each.row == Row.FAR],
        missing_houses=missing_houses(present),
        missing_needs=[need for need in rows[0].missing_needs if all(need in each.missing_needs for each in rows)]
        if rows
        else list(challenge.capabilities or []),
    )
