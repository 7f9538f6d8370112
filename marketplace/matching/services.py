"""Suggesting partners: the deed, and the jobs that do it when something changed."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import current_app
from sqlalchemy import delete

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.events import announce
from marketplace.jobs import job
from marketplace.matching.events import PartnersSuggested
from marketplace.matching.models import Suggestion
from marketplace.matching.partners import MODEL_VERSION, Suggested, inputs_hash, suggest
from marketplace.matching.pool import Pool
from marketplace.matching.queries import (
    challenges_to_match,
    organisation_ids,
    problem_of,
    public_profiles,
    suggestions_for,
)


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
    if known or found:
        facts = {"count": len(found), "model": MODEL_VERSION, "inputs": inputs}
        announce(PartnersSuggested(actor=None, subject=challenge, facts=facts))
    return suggestions_for(challenge)


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


def _read_pool() -> Pool:
    """All profiles, indexed. On SQLite the write lock is let go before the counting, which can take seconds."""
    pool = public_profiles()
    db.session.rollback()
    len(pool.index.owners)
    return pool
