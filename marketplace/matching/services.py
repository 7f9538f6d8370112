"""Suggesting partners: the deed, and the jobs that do it when something changed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.events import announce
from marketplace.jobs import enqueue, job, periodic
from marketplace.matching.events import ModelIntroduced, PartnersSuggested
from marketplace.matching.exposure import exposed_organisation_ids, month_of
from marketplace.matching.models import Exposure, Feedback, ModelEvaluation, Suggestion
from marketplace.matching.partners import MODEL_VERSION, Suggested, inputs_hash, suggest
from marketplace.matching.policy import can_judge_suggestions
from marketplace.matching.pool import Pool
from marketplace.matching.quality import kept_figures
from marketplace.matching.queries import (
    challenges_to_match,
    feedback_of,
    is_model_known,
    organisation_ids,
    problem_of,
    public_profiles,
    suggestions_for,
)
from marketplace.matching.stages import Verdict


def suggest_partners(challenge: Challenge, *, pool: Pool | None = None) -> Sequence[Suggestion]:
    """Suggest organisations for a challenge from public profiles (`pool`: those already read), or leave it as it was.

    Equal inputs under the same model give the same rows, so a second call changes nothing.
    """
    pool = pool or public_profiles()
    limit = current_app.config["SUGGESTIONS_LIMIT"]
    problem = problem_of(challenge)
    inputs = inputs_hash(problem, pool, limit=limit)
    known = suggestions_for(challenge)
    if known and all(each.inputs_hash == inputs for each in known):
        return known
    found = suggest(problem, pool, limit=limit)
    db.session.execute(delete(Suggestion).where(Suggestion.challenge_id == challenge.id))
    _keep(found, challenge, inputs=inputs)
    record_exposure(challenge)
    record_model()
    if known or found:
        facts = {"count": len(found), "model": MODEL_VERSION, "inputs": inputs}
        announce(PartnersSuggested(actor=None, subject=challenge, facts=facts))
    return suggestions_for(challenge)


def say_of_suggestion(suggestion: Suggestion, *, actor: Person, verdict: Verdict) -> None:
    """Keep what somebody says of a suggestion, in place of what they said before; no list changes by it.

    Raises Refused for whoever does not see it.
    """
    challenge = suggestion.challenge
    require(can_judge_suggestions, actor, challenge)
    hold(actor)
    known = feedback_of(suggestion, actor)
    if known is None:
        places = {"challenge_id": challenge.id, "organisation_id": suggestion.organisation_id, "person": actor}
        known = Feedback(**places)
        db.session.add(known)
    known.verdict, known.model_version, known.said_at = verdict, suggestion.model_version, clock.now()
    db.session.flush()


def record_exposure(challenge: Challenge) -> None:
    """Note who stands on the challenge's list this month; who stood there already is noted once."""
    month = month_of(clock.now())
    noted = exposed_organisation_ids(challenge, month)
    for suggestion in suggestions_for(challenge):
        if suggestion.organisation_id not in noted:
            places = {"challenge_id": challenge.id, "organisation_id": suggestion.organisation_id}
            db.session.add(Exposure(month=month, row=suggestion.row, **places))
    db.session.flush()


def record_model() -> None:
    """Journal the version of the model with its figures, once, before the first list that it makes is kept."""
    if not is_model_known(MODEL_VERSION):
        evaluation = ModelEvaluation(version=MODEL_VERSION, figures=kept_figures(), used_since=clock.now())
        db.session.add(evaluation)
        db.session.flush()
        announce(ModelIntroduced(actor=None, subject=evaluation, facts={"figures": evaluation.figures["spellings"]}))


def _keep(found: Sequence[Suggested], challenge: Challenge, *, inputs: str) -> None:
    ids, made_at = organisation_ids([each.slug for each in found]), clock.now()
    for each in found:
        columns = asdict(each)
        db.session.add(
            Suggestion(
                challenge_id=challenge.id,
                organisation_id=ids[columns.pop("slug")],
                model_version=MODEL_VERSION,
                inputs_hash=inputs,
                made_at=made_at,
                **columns,
            )
        )
    db.session.flush()


@job("suggest_partners")
def suggest_partners_for(challenge_id: int) -> None:
    """Suggest partners for one challenge."""
    pool = _read_pool()
    suggest_partners(db.session.get_one(Challenge, challenge_id), pool=pool)


@job("refresh_suggestions")
def refresh_suggestions() -> None:
    """Suggest partners again for every challenge that takes solutions, after profiles changed."""
    pool = _read_pool()
    for challenge in challenges_to_match(clock.now()):
        suggest_partners(challenge, pool=pool)


@periodic("look_at_suggestions", timedelta(hours=6))
def look_at_suggestions() -> None:
    """Note standing lists in a new month, and make them anew each day, since profiles go stale without any event."""
    at = clock.now()
    for challenge in challenges_to_match(at):
        record_exposure(challenge)
    enqueue("refresh_suggestions", key=f"{at:%Y-%m-%d}")


def _read_pool() -> Pool:
    """All profiles, indexed. On SQLite the write lock is let go before the counting, which can take seconds."""
    pool = public_profiles()
    db.session.rollback()
    len(pool.index.owners)
    return pool
