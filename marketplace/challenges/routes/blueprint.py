"""The blueprint, and what several of its addresses answer alike."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint

from marketplace import clock
from marketplace.challenges import gate, policy, queries, translating, words
from marketplace.challenges.forms import MessageForm, ReasonsForm, ScheduleForm, WaiverForm
from marketplace.challenges.models import Challenge
from marketplace.challenges.pledge import PledgeState, pledge_state
from marketplace.challenges.prizes import by_field, totals
from marketplace.challenges.stages import Stage
from marketplace.challenges.timetable import timetable_of
from marketplace.errors import Refused
from marketplace.labels import word
from marketplace.organisations.queries import agencies_of
from marketplace.pages import language, me
from marketplace.text import HANOI

challenges = Blueprint("challenges", __name__)


_ASKED: tuple[Callable[..., bool], ...] = (
    policy.can_cancel_challenge,
    policy.can_edit_challenge,
    policy.can_publish_challenge,
    policy.can_run_challenge,
    policy.can_settle_pledge,
    policy.can_submit_challenge,
)


@challenges.app_context_processor
def policies() -> dict[str, object]:
    """Templates ask the same questions as the deeds before they show a button."""
    named: dict[str, object] = {rule.__name__: rule for rule in _ASKED}
    tables = {name: table for name, table in vars(words).items() if name.isupper()}
    return (
        named
        | tables
        | {
            "told_rule": words.told_rule,
            "prize_totals": totals,
            "prizes_by_field": by_field,
            "timetable_of": timetable_of,
            "translation_states": translating.states,
            "text_names": _text_names,
        }
    )


def _text_names(challenge: Challenge) -> dict[str, str]:
    """What each bilingual field is called, in the reader's language."""
    named = {name: word(words.PAIR_NAMES, name) for name in translating.NAMES}
    other = "en" if language() == "vi" else "vi"
    told = {name: field.title for name, field in translating.beside(challenge).items()}
    return named | {name: title.get(language()) or title.get(other) or name for name, title in told.items()}


def own_draft(slug: str) -> Challenge:
    """A challenge of one of the reader's agencies; Refused for who sees it and does not write it."""
    challenge = queries.get_challenge(slug, me())
    if not policy.can_edit_challenge(me(), challenge):
        raise Refused("not of this agency")
    return challenge


def shown(challenge: Challenge, **more: Any) -> dict[str, Any]:
    """What the page of a challenge needs, for whoever reads it."""
    at = clock.database_now()
    context: dict[str, Any] = {"challenge": challenge, "at": at, "person": me(), "gaps": [], "form": None}
    context["writes_for"] = agencies_of(me())
    context["pledge"] = _pledge_of(challenge, at)
    if challenge.stage == Stage.IN_REVIEW and policy.can_discuss_review(me(), challenge):
        context |= _in_review(challenge, at)
    return context | more


def _pledge_of(challenge: Challenge, at: datetime) -> PledgeState | None:
    """Where the promise to decide stands; None where none was made."""
    if challenge.decision_on is None:
        return None
    return pledge_state(challenge.decision_on, challenge.pledge_reports, at.astimezone(HANOI).date())


def _in_review(challenge: Challenge, at: datetime) -> dict[str, Any]:
    """What its authors and the operator see of a statement in review, and their empty forms."""
    return {
        "misses": gate.misses(challenge, at),
        "score": gate.score(challenge, at),
        "form": ReasonsForm(formdata=None),
        "message_form": MessageForm(formdata=None),
        "schedule_form": ScheduleForm(formdata=None),
        "waiver_form": waiver_form(challenge, formdata=None),
    }


def waiver_form(challenge: Challenge, **options: Any) -> WaiverForm:
    """The form with the gaps that may be waived and were not."""
    waived = {waiver.gap for waiver in challenge.waivers}
    found = gate.misses(challenge, clock.database_now())
    names = [gap.name for gap in found if gap.severity != gate.Severity.FIXED and gap.name not in waived]
    return WaiverForm(**options).offer(names)
