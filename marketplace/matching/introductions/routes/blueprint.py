"""The blueprint, and the page of one introduction with the forms on it."""

from typing import Any

from flask import Blueprint, Response

from marketplace import clock
from marketplace.matching.introductions import queries
from marketplace.matching.introductions.forms import ContractForm, DeclineForm, MessageForm
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.policy import (
    can_answer_introduction,
    can_withdraw_introduction,
    side_of,
)
from marketplace.matching.introductions.stages import AGREED, Milestone, Stage
from marketplace.organisations.confidentiality.queries import undertakings_about
from marketplace.pages import me, page

introductions = Blueprint("introductions", __name__)


def introduction_page(introduction: Introduction, status: int = 200, **forms: Any) -> Response:
    """The introduction as its reader's side sees it; `forms` replace the empty ones on the page."""
    side, at = side_of(me(), introduction), clock.database_now()
    assert side is not None  # noqa: S101 - the page is only for the two sides
    context: dict[str, Any] = {
        "decline_form": DeclineForm(formdata=None),
        "message_form": MessageForm(formdata=None),
        "contract_form": ContractForm(introduction, formdata=None),
    } | forms
    waits = introduction.is_waiting and not introduction.is_late(at)
    return page(
        "introductions/show.html",
        status=status,
        introduction=introduction,
        side=side,
        other=introduction.other_side(side),
        at=at,
        answers=waits and can_answer_introduction(me(), introduction),
        withdraws=waits and can_withdraw_introduction(me(), introduction) and side.id == introduction.asker_id,
        writes=introduction.stage == Stage.ACCEPTED,
        reports=introduction.stage in AGREED,
        reads_confidential=queries.may_read_confidential(introduction, side),
        undertakings=undertakings_about(introduction.reference),
        contacts={contact.organisation_id: contact for contact in introduction.contacts},
        met=introduction.report_of(Milestone.MET),
        contract=introduction.report_of(Milestone.CONTRACT),
        refused=next(iter(forms.values()), None),
        **context,
    )
