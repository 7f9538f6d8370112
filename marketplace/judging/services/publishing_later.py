"""Results that publish themselves: the second person reviews them and says when, the worker does it, or stops."""

from datetime import UTC, datetime
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.judging.events import ResultsScheduled, ResultsUnscheduled
from marketplace.judging.models import Decision
from marketplace.judging.policy import can_call_off_results, can_publish_results
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import rows_of
from marketplace.judging.services.results import hold_draft, must_fit, publish_results
from marketplace.solutions.snapshot import content_hash

_TEXTS = ("award_vi", "award_en", "citation_vi", "citation_en")


def schedule_results(decision: Decision, *, actor: Person, publish_at: datetime) -> None:
    """Let what the actor reviewed publish itself at `publish_at` (UTC); a later word replaces an earlier one.

    Raises Refused unless the actor could publish it now, WrongStage once published or sent back or for a moment that is
    over, Conflict if the eligible entries changed since the draft.
    """
    require(can_publish_results, actor, decision)
    hold_draft(decision)
    if publish_at <= clock.database_now():
        raise WrongStage("results are scheduled for a moment to come")
    must_fit(decision)
    stands = reviewed(decision)
    decision.publish_at, decision.scheduled_by, decision.reviewed_sha256 = publish_at, actor, stands
    said = publish_at.astimezone(UTC).isoformat()
    facts = {"decision": decision.reference, "publish_at": said}
    announce(ResultsScheduled(actor=actor, subject=decision.challenge, facts=facts))
    key = f"{decision.reference}:{said}:{clock.now().isoformat()}"
    enqueue("publish_results", key=key, run_after=publish_at, decision_id=decision.id)


def call_off_results(decision: Decision, *, actor: Person) -> None:
    """Take the moment back, whoever of the two; raises Refused, WrongStage where none was said or it has happened."""
    require(can_call_off_results, actor, decision)
    hold_draft(decision)
    if decision.publish_at is None:
        raise WrongStage("nothing is scheduled")
    _call_off(decision, actor=actor, because=None)


@job("publish_results")
def publish_results_as_scheduled(decision_id: int) -> None:
    """Publish what is due now in the name of whoever reviewed it, all at once.

    Where anything differs from what was reviewed, or that person may publish it no more, it is called off and both
    people are told.
    """
    decision = db.session.get_one(Decision, decision_id)
    hold(decision)
    is_draft = decision.returned_at is None and decision.published_at is None
    if not is_draft or decision.publish_at is None or decision.publish_at > clock.database_now():
        return
    if not can_publish_results(decision.scheduled_by, decision) or decision.scheduled_by is None:
        _call_off(decision, actor=None, because="person")
    elif reviewed(decision) != decision.reviewed_sha256:
        _call_off(decision, actor=None, because="changed")
    else:
        publish_results(decision, actor=decision.scheduled_by)


def _call_off(decision: Decision, *, actor: Person | None, because: str | None) -> None:
    told = {"decision": decision, "people": [decision.drafted_by, decision.scheduled_by]}
    decision.publish_at = decision.scheduled_by = decision.reviewed_sha256 = None
    facts = {"decision": decision.reference} | ({"because": because} if because else {})
    announce(ResultsUnscheduled(actor=actor, subject=decision.challenge, facts=facts, unsaid=told))


def reviewed(decision: Decision) -> str:
    """SHA-256 of everything that publication makes public or tells an entrant: the awards and who gets them, the
    places and means behind them, and what was entered."""
    challenge, panel = decision.challenge, panel_of(decision.challenge)
    entries = entries_of(challenge)
    rows = rows_of(panel, entries) if panel is not None else []
    return content_hash(
        {
            "decision": [decision.reference, decision.reasons_vi, decision.reasons_en],
            "challenge": [challenge.title_vi, challenge.title_en],
            "entries": {entry.solution.reference: entry.version.content_sha256 for entry in entries},
            "rules": panel.rules.fingerprint if panel is not None else None,
            "places": {row.entry.solution.reference: [row.ranked.place, str(row.ranked.mean)] for row in rows},
            "results": [_said(decision, number) for number in range(len(decision.results))],
        }
    )


def _said(decision: Decision, number: int) -> list[Any]:
    result = decision.results[number]
    body = result.solution.organisation
    prize = result.prize.position if result.prize else None
    texts = [getattr(result, name) for name in _TEXTS]
    return [result.solution.reference, body.name_vi, body.name_en, result.awarded, prize, *texts]
