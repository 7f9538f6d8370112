"""Addresses of the second step: setting it up, and passing it while signing in."""

from typing import Any

import segno
from flask import Blueprint, current_app, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required, url_for_security
from flask_security.tf_plugin import TfPlugin

from marketplace import limits
from marketplace.accounts.models import Person
from marketplace.accounts.proof import proof_asked
from marketplace.accounts.second_factor import services, totp
from marketplace.accounts.second_factor.forms import CodeForm
from marketplace.accounts.second_factor.halfway import let_in, person_halfway, stand_halfway
from marketplace.accounts.second_factor.models import SecondFactor
from marketplace.accounts.second_factor.queries import (
    codes_left,
    factor_of,
    has_app,
    has_other_way,
    has_second_factor,
    must_have_second_factor,
)
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url

second_factor = Blueprint("second_factor", __name__)
# Where whoever must set up a second factor may go before it is done.
_ALWAYS = frozenset({"static", "accounts.show", "accounts.stay", "accounts.prove", "home.health"})


class _SecondStep(TfPlugin):
    """Between the right password and the session: Flask-Security asks here."""

    def tf_enter(self, user: Any, *_: Any, **__: Any) -> Any:
        return stand_halfway(user, request.args.get("next")) if has_second_factor(user) else None


@second_factor.record
def stand_between(state: Any) -> None:
    """Signing in asks us whether the password is enough."""
    state.app.extensions["security"].two_factor_plugins = _SecondStep()


@second_factor.before_app_request
def ask_to_set_it_up() -> ResponseReturnValue | None:
    """Whoever must have a second factor and has none is led to it, wherever they go."""
    free = request.endpoint in _ALWAYS or request.blueprint in {"second_factor", "passkeys", "security"}
    if free or "_user_id" not in session or session.get("two_steps") or not current_app.config["SECOND_FACTOR_FOR"]:
        return None
    person = me()
    if person is None or not must_have_second_factor(person) or has_second_factor(person):
        return None
    return see_other(url("second_factor.show"))


@second_factor.route("/sign-in/code", methods=["GET", "POST"])
def step() -> ResponseReturnValue:
    person, form = person_halfway(), CodeForm()
    if person is None:
        return see_other(url_for_security("login"))
    if request.method == "POST":
        limits.spend({"second_factor": person.reference})
        if form.validate():
            if services.pass_second_step(person, form.code.data):
                return let_in(person)
            form.code.errors = [_("This code is not right, or was used already. Wait for the next one.")]
    return page("second_factor/step.html", form=form, person=person, has_app=has_app(person), status=status_of(form))


@second_factor.get("/account/second-factor")
@proof_asked
def show() -> ResponseReturnValue:
    return _page(factor_of(me()), CodeForm(formdata=None))


@fills("account.second_step")
def in_short(person: Person) -> str:
    return _("Code of an app") if has_app(person) else _("None")


@second_factor.post("/account/second-factor/beginning")
@proof_asked
def begin() -> ResponseReturnValue:
    services.begin_second_factor(me(), actor=me())
    return see_other(url("second_factor.show"))


@second_factor.post("/account/second-factor")
@proof_asked
def confirm() -> ResponseReturnValue:
    limits.spend({"second_factor": me().reference})
    form = CodeForm()
    if form.validate():
        codes = services.confirm_second_factor(me(), form.code.data, actor=me())
        if codes is not None:
            limits.give_back()
            session.update(two_steps=True, recovery_codes=codes)
            return see_other(url("second_factor.recovery_codes" if codes else "second_factor.show"))
        form.code.errors = [_("This code is not right. Look whether the clock of the phone is.")]
    return _page(factor_of(me()), form)


@second_factor.post("/account/second-factor/removal")
@proof_asked
def remove() -> ResponseReturnValue:
    services.remove_second_factor(me(), actor=me())
    if not has_second_factor(me()):
        session.pop("two_steps", None)
    flash_done(_("Signing in does not ask for the app's code any more."))
    return see_other(url("accounts.show"))


@second_factor.get("/account/recovery-codes")
@auth_required("session")
def recovery_codes() -> ResponseReturnValue:
    """Shown once: they stand only in the reader's own cookie, and are taken out of it now."""
    return page("second_factor/recovery_codes.html", codes=session.pop("recovery_codes", []))


@second_factor.post("/account/recovery-codes")
@proof_asked
def make_recovery_codes() -> ResponseReturnValue:
    session["recovery_codes"] = services.make_recovery_codes(me(), actor=me())
    return see_other(url("second_factor.recovery_codes"))


def _page(factor: SecondFactor | None, form: CodeForm) -> ResponseReturnValue:
    being_set_up = factor if factor is not None and factor.confirmed_at is None else None
    address = picture = None
    if being_set_up is not None:
        site = current_app.config["SITE_NAME"]
        address = totp.address_for_app(being_set_up.secret, site=site, account=me().email)
        picture = segno.make(address, error="m").svg_data_uri(scale=5, border=4)
    return page(
        "second_factor/show.html",
        form=form,
        factor=factor,
        secret=totp.shown(being_set_up.secret) if being_set_up else None,
        picture=picture,
        codes_left=codes_left(me()),
        must_have=must_have_second_factor(me()) and not has_other_way(me()),
        status=status_of(form),
    )
