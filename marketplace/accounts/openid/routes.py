"""Addresses of sign-in through the identity provider; without one in the settings they do not exist."""

import hmac
from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock, limits
from marketplace.accounts.models import Person
from marketplace.accounts.openid import services
from marketplace.accounts.openid.forms import ProviderAccountForm
from marketplace.accounts.openid.provider import (
    ProviderFailed,
    Shown,
    is_two_steps,
    is_used,
    label,
    way_there,
    who_came_back,
)
from marketplace.accounts.openid.queries import identity_of, person_linked
from marketplace.accounts.proof import give_proof, proof_asked
from marketplace.accounts.queries import person_by_email
from marketplace.accounts.second_factor.halfway import open_session_of, stand_halfway
from marketplace.accounts.second_factor.queries import has_second_factor
from marketplace.errors import Conflict, NotFound, Refused
from marketplace.pages import fills, flash_done, language, me, own_path, page, see_other, status_of, url

openid = Blueprint("openid", __name__)
GOOD_SECONDS = 10 * 60


@openid.before_request
def only_with_a_provider() -> None:
    if not is_used():
        raise NotFound("no identity provider")


@openid.get("/sign-in/provider")
def begin() -> ResponseReturnValue:
    """To the provider; by a link, since no form of ours may lead elsewhere. Who is signed in there does so anew."""
    try:
        address, asked = way_there(anew=me() is not None)
    except ProviderFailed:
        return _refused("silent")
    session["openid"] = {**asked, **_since(), "next": own_path(request.args.get("next")), "language": language()}
    return redirect(address, code=303)


@openid.get("/sign-in/provider/back")
def back() -> ResponseReturnValue:
    """Where the provider sends people: looking changes nothing, so they press a button, or the script does."""
    if request.args.get("error") or not _asked_here(request.args.get("state", "")):
        return _refused("strange")
    here = {name: request.args.get(name, "")[:4000] for name in ("state", "code")}
    return page("openid/back.html", here=here, provider=label())


@openid.post("/sign-in/provider/back")
def come_in() -> ResponseReturnValue:
    asked = _asked_here(request.form.get("state", ""))
    session.pop("openid", None)
    if asked is None:
        return _refused("strange")
    limits.spend({"sign_in.caller": limits.caller(), "sign_in.everybody": ""})
    try:
        shown = who_came_back(request.form.get("code", ""), nonce=asked["nonce"], verifier=asked["verifier"])
    except ProviderFailed:
        return _refused("strange")
    limits.give_back()
    return _prove_or_link(shown, asked["next"]) if me() is not None else _sign_in(shown, asked["next"])


@openid.route("/sign-up/provider", methods=["GET", "POST"])
def sign_up() -> ResponseReturnValue:
    """The account of somebody whom the provider knows and we do not."""
    kept = session.get("openid_new")
    if kept is None or _too_old(kept):
        return _refused("strange")
    shown = Shown(**kept["shown"])
    form = ProviderAccountForm(full_name=shown.full_name)
    if form.validate_on_submit():
        limits.spend({"sign_up.caller": limits.caller()})
        session.pop("openid_new")
        try:
            person = services.add_person_of_provider(shown, full_name=form.full_name.data, language=language())
        except Conflict:
            return _refused("known")
        return _open_session(person, shown, kept["next"])
    return page("openid/sign_up.html", form=form, shown=shown, provider=label(), status=status_of(form))


@openid.get("/account/provider")
@auth_required("session")
def show() -> ResponseReturnValue:
    return page("openid/show.html", identity=identity_of(me()), provider=label(), has_password=bool(me().password))


@openid.post("/account/provider/removal")
@proof_asked
def unlink() -> ResponseReturnValue:
    services.unlink_identity(me(), actor=me())
    flash_done(_("%(provider)s signs you in no more.", provider=label()))
    return see_other(url("openid.show"))


@fills("sign_in.ways")
def way_in() -> str:
    """The link on the page for signing in."""
    if not is_used():
        return ""
    return render_template("openid/_link.html", provider=label(), target=own_path(request.args.get("next")))


@fills("account.provider")
def in_short(person: Person) -> str:
    return render_template("openid/_row.html", identity=identity_of(person), provider=label()) if is_used() else ""


@fills("accounts.prove")
def way_to_prove(person: Person, target: str | None) -> str:
    """The link in place of the password."""
    linked = is_used() and identity_of(person) is not None
    return render_template("openid/_link.html", provider=label(), target=target) if linked else ""


def _sign_in(shown: Shown, target: str | None) -> ResponseReturnValue:
    person = person_linked(shown.issuer, shown.subject)
    if person is not None:
        return _open_session(person, shown, target) if person.active else _refused("strange")
    if not shown.email or not shown.email_is_verified:
        return _refused("unverified")
    if person_by_email(shown.email) is not None:
        return _refused("known")
    session["openid_new"] = {"shown": asdict(shown), **_since(), "next": target}
    return see_other(url("openid.sign_up"))


def _open_session(person: Person, shown: Shown, target: str | None) -> ResponseReturnValue:
    """As sure as the provider is: with two steps, or as if a password had been given."""
    if not is_two_steps(shown.assurance) and has_second_factor(person):
        return stand_halfway(person, target, assurance=shown.assurance)
    open_session_of(person, assurance=shown.assurance or _("not said"))
    if is_two_steps(shown.assurance):
        session["two_steps"] = True
    return see_other(own_path(target) or url("home.work"))


def _prove_or_link(shown: Shown, target: str | None) -> ResponseReturnValue:
    if person_linked(shown.issuer, shown.subject) == me():
        give_proof()
        return see_other(own_path(target) or url("accounts.show"))
    try:
        services.link_identity(me(), shown, actor=me())
    except Refused:
        return _refused("other_address")
    except Conflict:
        return _refused("linked")
    flash_done(_("From now on %(provider)s signs you in as well.", provider=label()))
    return see_other(url("openid.show"))


def _since() -> dict[str, float]:
    return {"since": clock.now().timestamp()}


def _too_old(kept: dict[str, Any]) -> bool:
    return clock.now().timestamp() - float(kept["since"]) > GOOD_SECONDS


def _asked_here(state: str) -> dict[str, Any] | None:
    """What this browser was sent away with, if it comes back with the same state and in time."""
    asked = session.get("openid")
    if asked is None or _too_old(asked) or not hmac.compare_digest(asked["state"].encode(), state.encode()):
        return None
    return dict(asked)


def _refused(why: str) -> ResponseReturnValue:
    return page("openid/refused.html", why=why, provider=label(), status=422)
