"""The blueprint, and what several of its addresses answer alike."""

from typing import Any

from flask import Blueprint, Response

from marketplace import clock
from marketplace.asked import know_what_is_empty
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.db import reads_only
from marketplace.errors import NotFound
from marketplace.formats import language_now
from marketplace.pages import me, page
from marketplace.solutions import moments, queries, telling
from marketplace.solutions.completeness import missing, unread_amendments
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import closes_for, unconfirmed_of
from marketplace.solutions.policy import (
    can_answer_for_partner,
    can_comment_on_solution,
    can_edit_solution,
    can_screen_solution,
    can_submit_solution,
    is_of_entrant,
)
from marketplace.solutions.services.locking import PARTS

solutions = Blueprint("solutions", __name__)
solutions.add_app_template_filter(telling.told, "answer_told")
solutions.add_app_template_filter(telling.web_address, "answer_address")
solutions.add_app_template_filter(moments.time_of_day)
solutions.add_app_template_filter(moments.in_utc)
solutions.add_app_template_filter(moments.moment_read)
solutions.add_app_template_filter(lambda moment: moments.to_the_second(moment, language_now()), "to_the_second")


@solutions.context_processor
def _questions() -> dict[str, Any]:
    return {
        "missing": missing,
        "can_answer_for_partner": can_answer_for_partner,
        "can_comment_on_solution": can_comment_on_solution,
        "can_edit_solution": can_edit_solution,
        "can_submit_solution": can_submit_solution,
        "can_screen_solution": can_screen_solution,
        "closes_for": closes_for,
        "unconfirmed_of": unconfirmed_of,
        "unread_amendments": unread_amendments,
    }


def own_solution(reference: str) -> Solution:
    """A solution of one of the reader's organisations; NotFound for everybody else, also when it is open to them."""
    solution = queries.get_own_solution(reference, me())
    if not is_of_entrant(me(), solution):
        raise NotFound(reference)
    if reads_only():  # a deed reads them anew once it holds the row
        know_what_is_empty(solution, *PARTS)
    return solution


def writable_solution(reference: str) -> Solution:
    """The same for those who write; Refused for viewers."""
    solution = own_solution(reference)
    require(can_edit_solution, me(), solution)
    return solution


def not_open(challenge: Challenge, solution: Solution | None = None, **context: Any) -> Response:
    """The page that says that no solutions are taken now, and that the draft is kept."""
    at = clock.database_now()
    return page("solutions/not_open.html", status=409, challenge=challenge, solution=solution, at=at, **context)
