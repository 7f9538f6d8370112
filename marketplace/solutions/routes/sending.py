"""Checking answers, sending a version, taking it back."""

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.db import token
from marketplace.errors import NotReady, WrongStage
from marketplace.pages import flash_done, me, page, see_other, url
from marketplace.solutions import consortium, services, snapshot
from marketplace.solutions.completeness import missing
from marketplace.solutions.forms import SendForm
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import has_unsent_changes, is_editable
from marketplace.solutions.routes.blueprint import not_open, own_solution, solutions
from marketplace.solutions.stages import Stage


@solutions.get("/solutions/<reference>/check")
@auth_required("session")
def check(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    if not is_editable(solution, clock.database_now()):
        return see_other(url("solutions.show", reference=reference))
    return _check_page(solution)


def _check_page(solution: Solution, **context: Any) -> Response:
    form = SendForm(formdata=None, data={"idempotency_key": token()})
    is_sent = solution.stage == Stage.SUBMITTED and not has_unsent_changes(solution)
    return page(
        "solutions/check.html",
        solution=solution,
        content=snapshot.content_of(solution),
        files=snapshot.files_of(solution),
        gaps=missing(solution),
        lines=consortium.standing(solution),
        whole=consortium.whole_hash(solution),
        confirmation_of=consortium.confirmation_of,
        may_not=lambda _line: False,
        form=form,
        is_sent=is_sent,
        at=clock.database_now(),
        **context,
    )


@solutions.post("/solutions/<reference>/versions")
@auth_required("session")
def submit(reference: str) -> ResponseReturnValue:
    solution, form = own_solution(reference), SendForm()
    if not form.validate():
        return _check_page(solution, status=422)
    try:
        version = services.submit_solution(solution, actor=me(), idempotency_key=form.idempotency_key.data)
    except NotReady:
        return _check_page(solution, status=422, is_refused=True)
    except WrongStage:
        return not_open(solution.challenge, solution, is_late=True)
    return see_other(url("solutions.receipt", reference=version.reference))


@solutions.route("/solutions/<reference>/withdrawal", methods=["GET", "POST"])
@auth_required("session")
def withdraw(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    if request.method != "POST":
        at = clock.database_now()
        return page("solutions/withdraw.html", solution=solution, can_withdraw=_can_withdraw(solution), at=at)
    try:
        services.withdraw_solution(solution, actor=me())
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("Your solution was withdrawn. Nobody will open it. You can send it again until closing."))
    return see_other(url("solutions.show", reference=reference))


@solutions.post("/solutions/<reference>/closing-request")
@auth_required("session")
def ask_to_be_sent(reference: str) -> ResponseReturnValue:
    solution, is_asked = own_solution(reference), request.form.get("is_asked", "yes") == "yes"
    try:
        services.ask_to_be_sent(solution, actor=me(), is_asked=is_asked)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(
        _("At closing it is sent as it stands then, if nothing is missing.")
        if is_asked
        else _("At closing it is not sent by itself.")
    )
    return see_other(url("solutions.show", reference=reference))


def _can_withdraw(solution: Solution) -> bool:
    return solution.stage == Stage.SUBMITTED and is_editable(solution, clock.database_now())
