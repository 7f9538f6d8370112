"""Addresses of clarifications, and what they show on pages of solutions."""

from datetime import datetime

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, WrongStage
from marketplace.files import key_for
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url
from marketplace.solutions.clarifying import queries, services
from marketplace.solutions.clarifying.forms import AskForm, ReplyForm
from marketplace.solutions.clarifying.models import Clarification
from marketplace.solutions.models import Solution
from marketplace.solutions.policy import can_screen_solution, can_submit_solution, is_of_entrant
from marketplace.solutions.queries import get_solution
from marketplace.solutions.routes.attaching import take_uploads

clarifying = Blueprint("clarifying", __name__)
_CHECKED = frozenset({ChallengeStage.PUBLISHED, ChallengeStage.SCREENING})


@clarifying.route("/solutions/<reference>/clarifications", methods=["GET", "POST"])
@auth_required("session")
def ask(reference: str) -> ResponseReturnValue:
    solution, form = get_solution(reference, me(), at=clock.database_now()), AskForm()
    if is_of_entrant(me(), solution):
        raise NotFound(reference)
    require(can_screen_solution, me(), solution)
    if not form.validate_on_submit():
        return page("solutions/ask_clarification.html", solution=solution, form=form, status=status_of(form))
    try:
        services.ask_clarification(solution, actor=me(), question=form.question.data, days=form.days.data)
    except Conflict:
        db.session.rollback()
        form.question.errors = [_("Wait until the open clarification is answered or its time is over.")]
        return page("solutions/ask_clarification.html", solution=solution, form=form, status=409)
    flash_done(_("The entrant was asked and gets a letter."))
    return see_other(url("solutions.show", reference=reference))


@clarifying.route("/solutions/<reference>/clarifications/<clarification>", methods=["GET", "POST"])
@auth_required("session")
def answer(reference: str, clarification: str) -> ResponseReturnValue:
    found, form = _own(reference, clarification), ReplyForm()
    if not form.is_submitted():
        return _answer_page(found, form)
    if not form.validate():
        return _answer_page(found, form, status=422)
    person_id, key = me().id, key_for(found.solution.challenge.reference)
    refusals: list[tuple[int, str]] = []
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    # a new key is kept; storing is slow, and other writers go on meanwhile
    db.session.commit()
    stored = take_uploads(uploads, refusals, person_id=person_id, key=key)
    found = _own(reference, clarification)
    if refusals:
        form.files.errors = [message for _status, message in refusals]
        return _answer_page(found, form, status=refusals[0][0])
    try:
        version = services.answer_clarification(found, actor=me(), answer=form.answer.data, files=stored)
    except WrongStage:
        db.session.rollback()
        form.answer.errors = [_("It is answered already, or the time for it is over.")]
        return _answer_page(_own(reference, clarification), form, status=409)
    flash_done(_("Your answer was received."))
    return see_other(url("solutions.receipt", reference=version.reference))


def _own(reference: str, clarification: str) -> Clarification:
    solution = get_solution(reference, me(), at=clock.database_now())
    if not is_of_entrant(me(), solution):
        raise NotFound(reference)
    require(can_submit_solution, me(), solution)
    return queries.get_clarification(solution, clarification)


def _answer_page(found: Clarification, form: ReplyForm, status: int = 200) -> Response:
    at = clock.database_now()
    return page("solutions/answer_clarification.html", clarification=found, form=form, at=at, status=status)


@fills("solution.hints")
def for_secretary(solution: Solution) -> str | None:
    """What was asked, how it stands, and the way to ask."""
    rows, checked = queries.clarifications_of(solution), solution.challenge.stage in _CHECKED
    may_ask = checked and solution.stage.value in {"submitted", "admitted"} and can_screen_solution(me(), solution)
    if not rows and not may_ask:
        return None
    at = clock.database_now()
    return render_template("solutions/_clarifications.html", solution=solution, rows=rows, may_ask=may_ask, at=at)


@fills("solution.entrant")
def for_entrant(solution: Solution) -> str | None:
    """What was asked, and the way to answer."""
    rows, at = queries.clarifications_of(solution), clock.database_now()
    if not rows:
        return None
    context = {"rows": rows, "may_answer": can_submit_solution(me(), solution), "at": at}
    return render_template("solutions/_clarifications.html", solution=solution, **context)


@fills("work.waiting")
def clarifications_waiting(person: Person, at: datetime) -> str | None:
    """What an agency asks of one's own solutions."""
    rows = queries.to_answer(person, at=at)
    return render_template("solutions/_clarify.html", rows=rows) if rows else None
