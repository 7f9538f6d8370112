"""Addresses of outages: everybody reads them, operators record them after seeing what moves."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.amending import outages as services
from marketplace.challenges.amending import queries
from marketplace.challenges.amending.forms import OutageForm
from marketplace.challenges.amending.policy import can_record_outage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.pages import fills, flash_done, me, page, see_other, url

outages = Blueprint("outages", __name__)


@outages.get("/outages")
def index() -> ResponseReturnValue:
    rows = [(outage, queries.moved_by(outage, me())) for outage in queries.outages()]
    rule = services.outage_rule()
    return page("challenges/outages.html", rows=rows, rule=rule, may_record=can_record_outage(me()))


@outages.get("/outages/new")
@auth_required("session")
def new() -> ResponseReturnValue:
    if not can_record_outage(me()):
        raise NotFound("outages")
    return _new_page(OutageForm(request.args if "began_at" in request.args else None))


def _new_page(form: OutageForm, *, status: int = 200) -> Response:
    """The two times, and once they are there, what they would move and the button that moves it."""
    found, began_at, ended_at = None, form.began_at.utc, form.ended_at.utc
    if began_at and ended_at and began_at < ended_at:
        found = services.moves(began_at, ended_at, at=clock.database_now())
    return page("challenges/outage.html", form=form, moves=found, status=status)


@outages.post("/outages")
@auth_required("session")
def record() -> ResponseReturnValue:
    if not can_record_outage(me()):
        raise NotFound("outages")
    form = OutageForm()
    began_at, ended_at = form.began_at.utc, form.ended_at.utc
    if not form.validate() or began_at is None or ended_at is None:
        return _new_page(form, status=422)
    try:
        services.record_outage(actor=me(), began_at=began_at, ended_at=ended_at, note=form.note.data)
    except services.NoOutage:
        db.session.rollback()
        form.ended_at.errors = [_("An outage is recorded once it is over.")]
        return _new_page(form, status=422)
    flash_done(_("The outage is recorded, and the deadlines inside it are moved."))
    return see_other(url("outages.index"))


@fills("work.more")
def outage_link(person: Person, _at: object) -> str | None:
    """The operator's way to record one."""
    return render_template("challenges/_outage_link.html") if can_record_outage(person) else None
