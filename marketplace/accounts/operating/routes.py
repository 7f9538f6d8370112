"""Addresses of the operator's room; for everybody else they do not exist."""

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import services as accounts
from marketplace.accounts.doors import ROWS, for_operators
from marketplace.accounts.models import Person, PlatformRole
from marketplace.accounts.operating import queries, services
from marketplace.accounts.operating.forms import IdentityForm, SuspensionForm
from marketplace.accounts.operating.policy import can_operate_on
from marketplace.accounts.proof import proof_asked
from marketplace.accounts.queries import open_session_count
from marketplace.accounts.second_factor.queries import has_second_factor
from marketplace.errors import NotFound
from marketplace.pages import fills, flash_done, listed, me, page, see_other, url
from marketplace.text import clean_line

room = for_operators(Blueprint("room", __name__, url_prefix="/operator"))


@room.get("/people")
def people() -> ResponseReturnValue:
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in ("q", "state")}
    listing = listed(queries.people(asked["q"], asked["state"]), size=ROWS)
    return page("operating/people.html", listing=listing, asked=asked)


@room.get("/people/<reference>")
def person(reference: str) -> ResponseReturnValue:
    return _person_page(queries.get_person(reference))


@room.post("/people/<reference>/roles")
@proof_asked
def grant(reference: str) -> ResponseReturnValue:
    found = queries.get_person(reference)
    accounts.grant_role(found, _role(request.form.get("role", "")), actor=me())
    flash_done(_("The role was given; the person signs in anew."))
    return see_other(url("room.person", reference=reference))


@room.post("/people/<reference>/roles/end")
@proof_asked
def end_role(reference: str) -> ResponseReturnValue:
    found = queries.get_person(reference)
    accounts.end_role(found, _role(request.form.get("role", "")), actor=me())
    flash_done(_("The role was taken away, and every open session ended."))
    return see_other(url("room.person", reference=reference))


@room.post("/people/<reference>/suspension")
@proof_asked
def suspend(reference: str) -> ResponseReturnValue:
    found = queries.get_person(reference)
    form = SuspensionForm(found)
    if not form.validate():
        return _person_page(found, suspension=form, status=422)
    services.suspend_person(found, reason=form.reason.data, actor=me())
    flash_done(_("Nobody gets in with this account any more. You can undo this at any time."))
    return see_other(url("room.person", reference=reference))


@room.post("/people/<reference>/suspension/end")
@proof_asked
def restore(reference: str) -> ResponseReturnValue:
    services.restore_person(queries.get_person(reference), actor=me())
    flash_done(_("The account works again."))
    return see_other(url("room.person", reference=reference))


@room.post("/people/<reference>/second-factor/removal")
@proof_asked
def lift_second_factor(reference: str) -> ResponseReturnValue:
    found, form = queries.get_person(reference), IdentityForm()
    if not form.validate():
        return _person_page(found, identity=form, status=422)
    services.lift_second_factor(found, how=form.how.data, actor=me())
    flash_done(_("The second step was taken off, and the person gets a letter."))
    return see_other(url("room.person", reference=reference))


@room.get("/settings")
def settings() -> ResponseReturnValue:
    return page("operating/settings.html", rows=queries.settings_in_force(current_app.config["SETTINGS"]))


@fills("operator.links")
def links(_person: Person) -> str:
    return render_template("operating/_links.html")


def _role(typed: str) -> PlatformRole:
    if typed not in set(PlatformRole):
        raise NotFound(typed)
    return PlatformRole(typed)


def _person_page(found: Person, status: int = 200, **forms: Any) -> ResponseReturnValue:
    blank: dict[str, Any] = {
        "suspension": SuspensionForm(found, formdata=None),
        "identity": IdentityForm(formdata=None),
    }
    return page(
        "operating/person.html",
        found=found,
        roles=PlatformRole,
        may=can_operate_on(me(), found),
        session_count=open_session_count(found),
        second_step=has_second_factor(found),
        status=status,
        **blank | forms,
    )
