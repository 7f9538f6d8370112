"""Addresses of times at which judges are away: said by the judge, or by the secretary for them."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.errors import NotFound
from marketplace.judging.defence import absences, queries
from marketplace.judging.defence.forms import AbsenceForm, JudgesAbsenceForm
from marketplace.judging.defence.routes.blueprint import defence
from marketplace.judging.defence.routes.hearings import day_page
from marketplace.judging.defence.routes.planning import oral_panel_to_run, plan_page
from marketplace.judging.models import Seat
from marketplace.judging.queries.panels import get_seat_on
from marketplace.judging.services.assigning import accepted_seats
from marketplace.pages import flash_done, me, see_other, url


@defence.post("/challenges/<slug>/defence/absences")
@auth_required("session")
def say_for_judge(slug: str) -> ResponseReturnValue:
    panel = oral_panel_to_run(slug)
    seats = {seat.reference: seat for seat in accepted_seats(panel)}
    form = JudgesAbsenceForm(seats.values())
    if not form.validate():
        return plan_page(panel, absence_form=form, has_errors=True, status=422)
    absences.say_absence(seats[form.seat.data], actor=me(), span=form.span, reason=form.reason.data)
    flash_done(_("Noted. Below stands whether a hearing has to move."))
    return see_other(url("defence.plan", slug=slug))


@defence.post("/challenges/<slug>/defence/absences/<reference>/removal")
@auth_required("session")
def withdraw_for_judge(slug: str, reference: str) -> ResponseReturnValue:
    absences.withdraw_absence(queries.get_absence(oral_panel_to_run(slug), reference), actor=me())
    flash_done(_("The time was taken back."))
    return see_other(url("defence.plan", slug=slug))


@defence.post("/judging/<reference>/defence/absences")
@auth_required("session")
def say_absence(reference: str) -> ResponseReturnValue:
    seat, form = _own_seat(reference), AbsenceForm()
    if not form.validate():
        return day_page(seat, absence_form=form, has_errors=True, status=422)
    absences.say_absence(seat, actor=me(), span=form.span, reason=form.reason.data)
    flash_done(_("Noted. No hearing of yours will be put there; the secretary sees where one stands already."))
    return see_other(url("defence.own_day", reference=reference))


@defence.post("/judging/<reference>/defence/absences/<absence_reference>/removal")
@auth_required("session")
def withdraw_absence(reference: str, absence_reference: str) -> ResponseReturnValue:
    absences.withdraw_absence(queries.get_absence(_own_seat(reference), absence_reference), actor=me())
    flash_done(_("The time was taken back."))
    return see_other(url("defence.own_day", reference=reference))


def _own_seat(reference: str) -> Seat:
    seat = get_seat_on(reference, me())
    if not queries.is_oral(seat.panel):
        raise NotFound(reference)
    return seat
