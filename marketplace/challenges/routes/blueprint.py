"""The blueprint, and what several of its addresses answer alike."""

from typing import Any

from flask import Blueprint

from marketplace import clock
from marketplace.challenges import policy, queries, words
from marketplace.challenges.forms import ReasonsForm
from marketplace.challenges.models import Challenge
from marketplace.challenges.prizes import by_field, totals
from marketplace.challenges.stages import Stage
from marketplace.errors import Refused
from marketplace.pages import me

challenges = Blueprint("challenges", __name__)


@challenges.app_context_processor
def policies() -> dict[str, object]:
    """Templates ask the same questions as the deeds before they show a button."""
    rules = (policy.can_edit_challenge, policy.can_submit_challenge, policy.can_publish_challenge)
    named = {rule.__name__: rule for rule in (*rules, policy.can_cancel_challenge, policy.can_run_challenge)}
    tables = {name: table for name, table in vars(words).items() if name.isupper()}
    return named | tables | {"prize_totals": totals, "prizes_by_field": by_field}


def own_draft(slug: str) -> Challenge:
    """A challenge of one of the reader's agencies; Refused for who sees it and does not write it."""
    challenge = queries.get_challenge(slug, me())
    if not policy.can_edit_challenge(me(), challenge):
        raise Refused("not of this agency")
    return challenge


def shown(challenge: Challenge, **more: Any) -> dict[str, Any]:
    """What the page of a challenge needs, for whoever reads it."""
    at = clock.database_now()
    form = ReasonsForm(formdata=None) if challenge.stage == Stage.IN_REVIEW else None
    return {"challenge": challenge, "at": at, "form": form, "person": me(), "gaps": []} | more
