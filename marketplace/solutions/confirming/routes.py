"""The address where an entry is confirmed, and what is shown of it on pages of solutions."""

from datetime import datetime

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.errors import NotFound, NotReady
from marketplace.pages import fills, flash_done, me, see_other, url
from marketplace.solutions import queries
from marketplace.solutions.confirming.services import confirm_solution
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import is_editable, unanswered_questions, unconfirmed_of
from marketplace.solutions.policy import can_submit_solution, is_of_entrant

confirming = Blueprint("confirming", __name__)


@confirming.post("/solutions/<reference>/confirmation")
@auth_required("session")
def confirm(reference: str) -> ResponseReturnValue:
    solution = queries.get_solution(reference, me(), at=clock.database_now())
    if not is_of_entrant(me(), solution):
        raise NotFound(reference)
    try:
        confirm_solution(solution, actor=me())
    except NotReady:
        flash(_("The amendment asks for something new. Answer it and send a new version."), "error")
        return see_other(url("solutions.show", reference=reference))
    flash_done(_("Confirmed: what was received stands as it is."))
    return see_other(url("solutions.show", reference=reference))


@fills("solution.duties")
def duties(solution: Solution, at: datetime) -> str | None:
    """To its owner: which amendments must be confirmed, and the button."""
    amendments = unconfirmed_of(solution)
    if not amendments or not is_editable(solution, at):
        return None
    may_confirm = can_submit_solution(me(), solution)
    context = {"solution": solution, "amendments": amendments, "may_confirm": may_confirm}
    context["lacking"] = unanswered_questions(solution)
    return render_template("solutions/_confirm.html", **context)


@fills("work.waiting")
def confirmations_waiting(person: Person, at: datetime) -> str | None:
    """Entries that count only when they are confirmed."""
    found = [each for each in queries.solutions_of(person, at=at) if unconfirmed_of(each) and is_editable(each, at)]
    return render_template("solutions/_to_confirm.html", solutions=found) if found else None


@fills("solution.hints")
@fills("solution.entrant")
def unconfirmed_hint(solution: Solution) -> str | None:
    """To secretary and owner after closing: what was never confirmed, and the rule that was said in advance."""
    amendments = unconfirmed_of(solution)
    if not amendments:
        return None
    return render_template("solutions/_unconfirmed.html", solution=solution, amendments=amendments)
