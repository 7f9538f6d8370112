"""Addresses of the time for objections: what entrants read and say, what the secretary decides; judges who leave."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.errors import Conflict, NotFound, WrongStage
from marketplace.judging.forms import DepartureForm, ObjectionForm, VerdictForm
from marketplace.judging.models import Entry, Panel
from marketplace.judging.policy import can_object
from marketplace.judging.queries.objections import (
    judges_of,
    objections_of,
    own_objections,
    seat_shown,
    solution_with_panel,
)
from marketplace.judging.queries.panels import get_panel
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.routes.panels import challenge_to_run, seat_on
from marketplace.judging.sentences import DROPOUT
from marketplace.judging.services import objections, panels
from marketplace.pages import flash_done, me, page, see_other, status_of, url
from marketplace.solutions.models import Solution


@judging.get("/solutions/<reference>/panel")
@auth_required("session")
def panel_of_entry(reference: str) -> ResponseReturnValue:
    return _panel_of_entry(solution_with_panel(reference, me()))


def _panel_of_entry(solution: Solution, **context) -> ResponseReturnValue:
    seats = judges_of(solution)
    return page(
        "judging/panel_of_entry.html",
        solution=solution,
        challenge=solution.challenge,
        seats=seats,
        until={seat.id: objections.objections_until(seat) for seat in seats},
        at=clock.database_now(),
        said=own_objections(solution),
        may_object=can_object(me(), solution),
        **context,
    )


@judging.route("/solutions/<reference>/panel/<seat_reference>", methods=["GET", "POST"])
@auth_required("session")
def object_to_judge(reference: str, seat_reference: str) -> ResponseReturnValue:
    solution = solution_with_panel(reference, me())
    seat, form = seat_shown(seat_reference, solution.challenge), ObjectionForm()
    if not can_object(me(), solution) or solution.last_version is None:
        raise NotFound(reference)
    if form.validate_on_submit():
        entry = Entry(solution, solution.last_version)
        try:
            objections.raise_objection(seat, entry, actor=me(), reason=form.reason.data)
        except (Conflict, WrongStage):
            return _panel_of_entry(solution, too_late=True, has_errors=True, status=409)
        flash_done(_("The objection was sent. The agency's secretary decides; you will get a letter."))
        return see_other(url("judging.panel_of_entry", reference=reference))
    return page("judging/object_to_judge.html", solution=solution, seat=seat, form=form, status=status_of(form))


@judging.post("/challenges/<slug>/panel/names")
@auth_required("session")
def show_panel(slug: str) -> ResponseReturnValue:
    found = get_panel(challenge_to_run(slug))
    objections.show_panel(found, actor=me())
    flash_done(_("Entrants can read who judges and may object."))
    return see_other(url("judging.questions", slug=slug))


@judging.get("/challenges/<slug>/panel/conflicts")
@auth_required("session")
def questions(slug: str) -> ResponseReturnValue:
    return _questions(get_panel(challenge_to_run(slug)), VerdictForm(formdata=None))


def _questions(found: Panel, form: VerdictForm, **context) -> ResponseReturnValue:
    return page(
        "judging/questions.html",
        panel=found,
        challenge=found.challenge,
        questions=objections.open_questions(found),
        decided=[each for each in objections_of(found) if each.upheld is not None],
        unshown=objections.unshown(found),
        missing=objections.objections_missing(found),
        form=form,
        **context,
    )


@judging.post("/challenges/<slug>/panel/conflicts")
@auth_required("session")
def decide_objection(slug: str) -> ResponseReturnValue:
    found, form = get_panel(challenge_to_run(slug)), VerdictForm()
    asked = (request.form.get("seat"), request.form.get("solution"))
    pairs = {(each.seat.reference, each.entry.solution.reference): each for each in objections.open_questions(found)}
    if asked not in pairs:
        raise Conflict("nothing waits for a decision about this pair")
    if not form.validate():
        return _questions(found, form, asked=asked, status=status_of(form))
    upheld = request.form.get("verdict") == "upheld"
    objections.decide_objection(pairs[asked], actor=me(), upheld=upheld, because=form.because.data)
    flash_done(_("The judge is blocked from this entry.") if upheld else _("The judge may read this entry."))
    return see_other(url("judging.questions", slug=slug))


@judging.route("/challenges/<slug>/panel/seats/<reference>/departure", methods=["GET", "POST"])
@auth_required("session")
def release_judge(slug: str, reference: str) -> ResponseReturnValue:
    seat, form = seat_on(get_panel(challenge_to_run(slug)), reference), DepartureForm()
    if form.validate_on_submit():
        panels.release_judge(seat, actor=me(), reason=form.reason.data)
        flash_done(_("It is noted that %(person)s left the panel.", person=seat.person.full_name))
        return see_other(url("judging.panel", slug=slug))
    told = {"dropout": DROPOUT[seat.panel.rules.dropout.value], "challenge": seat.panel.challenge}
    return page("judging/departure.html", seat=seat, form=form, status=status_of(form), **told)
