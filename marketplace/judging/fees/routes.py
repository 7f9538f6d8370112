"""Addresses of judges' fees: for the agency, and as a workbook for its accounts."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.db import db
from marketplace.errors import NotReady
from marketplace.files.download import as_download
from marketplace.judging.fees import services
from marketplace.judging.fees.forms import PaymentForm, RateForm
from marketplace.judging.fees.policy import can_note_payment, can_set_fees
from marketplace.judging.fees.queries import fees_of, own_fees, rate_of
from marketplace.judging.models import Panel
from marketplace.judging.queries.panels import get_panel
from marketplace.judging.routes.panels import challenge_to_run, seat_on
from marketplace.pages import flash_done, me, page, see_other, status_of, url
from marketplace.solutions.sheets import workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
fees = Blueprint("fees", __name__)


@fees.get("/challenges/<slug>/panel/fees")
@auth_required("session")
def show(slug: str) -> ResponseReturnValue:
    panel = get_panel(challenge_to_run(slug))
    return _show(panel, RateForm(formdata=None, obj=rate_of(panel)))


def _show(panel: Panel, form: Any, **more: Any) -> ResponseReturnValue:
    found = fees_of(panel)
    amounts = [each.amount_vnd or 0 for each in found]
    context: dict[str, Any] = {"payment": PaymentForm(formdata=None), "status": status_of(form), "asked": None} | more
    return page(
        "judging/fees/show.html",
        panel=panel,
        challenge=panel.challenge,
        fees=found,
        rate=rate_of(panel),
        total=sum(amounts),
        paid=sum(each.payment.amount_vnd for each in found if each.payment),
        form=form,
        sets=can_set_fees(me(), panel),
        notes={each.seat.id for each in found if can_note_payment(me(), each.seat)},
        **context,
    )


@fees.get("/judging/fees")
@auth_required("session")
def own() -> ResponseReturnValue:
    found = own_fees(me())
    waiting = sum(each.amount_vnd or 0 for each in found if each.payment is None)
    return page("judging/fees/own.html", fees=found, waiting=waiting)


@fees.post("/challenges/<slug>/panel/fees")
@auth_required("session")
def set_rate(slug: str) -> ResponseReturnValue:
    panel, form = get_panel(challenge_to_run(slug)), RateForm()
    if not form.validate():
        return _show(panel, form)
    services.set_rate(panel, actor=me(), per_sheet_vnd=form.per_sheet_vnd.data or 0, basis=form.basis.data)
    flash_done(_("The fee was saved."))
    return see_other(url("fees.show", slug=slug))


@fees.post("/challenges/<slug>/panel/seats/<reference>/payment")
@auth_required("session")
def note_payment(slug: str, reference: str) -> ResponseReturnValue:
    panel, form = get_panel(challenge_to_run(slug)), PaymentForm()
    seat = seat_on(panel, reference)
    if not form.validate():
        return _show(panel, form, payment=form, asked=seat)
    try:
        services.note_payment(seat, actor=me(), paid_on=form.paid_on.data)
    except NotReady as refusal:
        form.paid_on.errors = [_why(refusal.gaps)]
        db.session.rollback()
        return _show(get_panel(challenge_to_run(slug)), form, payment=form, asked=seat)
    flash_done(_("The payment to %(person)s was noted.", person=seat.person.full_name))
    return see_other(url("fees.show", slug=slug))


def _why(gaps) -> str:
    if "rate" in gaps:
        return _("First a manager sets the fee.")
    if "readings" in gaps:
        return _("This judge has no final score sheet.")
    return _("This day is still to come.")


@fees.get("/challenges/<slug>/panel/fees.xlsx")
@auth_required("session")
def export(slug: str) -> ResponseReturnValue:
    panel = get_panel(challenge_to_run(slug))
    headings = [_("Judge"), _("E-mail"), _("Readings"), _("Amount in đồng"), _("Paid on")]
    rows = [
        [
            each.seat.person.full_name,
            each.seat.person.email,
            each.readings,
            each.amount_vnd,
            each.payment.paid_on.isoformat() if each.payment else None,
        ]
        for each in fees_of(panel)
    ]
    content = workbook(headings, rows, title=_("Fees of judges"))
    return as_download(content, name=f"{panel.challenge.reference}-fees.xlsx", media_type=_XLSX)
