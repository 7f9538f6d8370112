"""Suggesting partners: the deed, and the jobs that do it when something changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, NamedTuple

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
from marketplace.matching.keeping import pool_now
from marketplace.matching.models import Exposure, Feedback, ModelEvaluation, Suggestion
from marketplace.matching.partners import Suggested, inputs_hash, model_version, suggest, suggest_all
from marketplace.matching.policy import can_judge_suggestions
from marketplace.matching.pool import Pool
from marketplace.matching.quality import kept_figures
from marketplace.matching.queries import (
    challenges_by_id,
    challenges_to_match,
    feedback_of,
    is_model_known,
    organisation_ids,
    problem_of,
    suggestions_for,
)
from marketplace.matching.stages import Verdict
from marketplace.matching.storing import pool_for
from marketplace.meaning import services as meaning


class Order(NamedTuple):
    """By what a list is made: the fingerprint of all that went in, and the version of the model."""

    inputs: str
    model: str


def suggest_partners(challenge: Challenge, *, pool: Pool | None = None) -> Sequence[Suggestion]:
    """Suggest organisations for a challenge from public profiles (`pool`: those already read), or leave it as it was.

    Equal inputs under the same model give the same rows, so a second call changes nothing.
    """
    pool = pool or pool_now()
    order = _order_for(challenge, pool)
    if not _is_kept(challenge, order):
        limit = current_app.config["SUGGESTIONS_LIMIT"]
        keep_suggestions(challenge, suggest(problem_of(challenge), pool, limit=limit), order=order)
    return suggestions_for(challenge)


def keep_suggestions(challenge: Challenge, found: Sequence[Suggested], *, order: Order) -> None:
    """Put a list in the place of the one before; the first of a model, and each that is not empty, is journaled."""
    known = suggestions_for(challenge)
    db.session.execute(delete(Suggestion).where(Suggestion.challenge_id == challenge.id))
    _keep(found, challenge, order=order)
    record_exposure(challenge)
    record_model(order.model)
    if known or found:
        facts = {"count": len(found), "model": order.model, "inputs": order.inputs}
        announce(PartnersSuggested(actor=None, subject=challenge, facts=facts))


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


def record_model(version: str, figures: Mapping[str, Any] | None = None) -> None:
    """Journal the version with its figures, those of the code unless said, once, before the first list it makes."""
    if not is_model_known(version):
        evaluation = ModelEvaluation(version=version, figures=figures or kept_figures(), used_since=clock.now())
        db.session.add(evaluation)
        db.session.flush()
        announce(ModelIntroduced(actor=None, subject=evaluation, facts={"figures": evaluation.figures["spellings"]}))


def _keep(found: Sequence[Suggested], challenge: Challenge, *, order: Order) -> None:
    ids, made_at = organisation_ids([each.slug for each in found]), clock.now()
    for each in found:
        columns = asdict(each)
        db.session.add(
            Suggestion(
                challenge_id=challenge.id,
                organisation_id=ids[columns.pop("slug")],
                model_version=order.model,
                inputs_hash=order.inputs,
                made_at=made_at,
                **columns,
            )
        )
    db.session.flush()


def _order_for(challenge: Challenge, pool: Pool) -> Order:
    limit = current_app.config["SUGGESTIONS_LIMIT"]
    return Order(inputs_hash(problem_of(challenge), pool, limit=limit), model_version(pool))


def _is_kept(challenge: Challenge, order: Order) -> bool:
    """Whether the challenge has the list of these inputs already."""
    known = suggestions_for(challenge)
    return bool(known) and all(each.inputs_hash == order.inputs for each in known)


@job("suggest_partners")
def suggest_partners_for(challenge_id: int) -> None:
    """Suggest partners for one challenge."""
    _suggest_for([db.session.get_one(Challenge, challenge_id)])


@job("refresh_suggestions")
def refresh_suggestions() -> None:
    """Suggest partners again for every challenge that takes solutions, after profiles changed."""
    _suggest_for(challenges_to_match(clock.now()))


def _suggest_for(challenges: Sequence[Challenge]) -> None:
    """New lists where inputs changed. Nothing is locked while they are worked out."""
    ids = [challenge.id for challenge in challenges]
    pool, made = pool_for([problem_of(challenge) for challenge in challenges])
    ordered = [(each, _order_for(each, pool)) for each in challenges_by_id(ids)]
    waiting = [(each.id, problem_of(each), order) for each, order in ordered if not _is_kept(each, order)]
    db.session.rollback()
    limit = current_app.config["SUGGESTIONS_LIMIT"]
    lists = list(suggest_all((problem for _, problem, _ in waiting), pool, limit=limit))
    meaning.keep(made)
    changed = {each.id: each for each in challenges_by_id([number for number, _, _ in waiting])}
    for (number, _, order), found in zip(waiting, lists, strict=True):
        keep_suggestions(changed[number], found, order=order)


@periodic("look_at_suggestions", timedelta(hours=6))
def look_at_suggestions() -> None:
    """Note standing lists in a new month, and make them anew each day, since profiles go stale without any event."""
    at = clock.now()
    for challenge in challenges_to_match(at):
        record_exposure(challenge)
    enqueue("refresh_suggestions", key=f"{at:%Y-%m-%d}")
