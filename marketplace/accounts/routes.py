"""Addresses of one's own account; sign-up, sign-in and reset are Flask-Security's under our addresses."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, g, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required, current_user, hash_password, url_for_security

from marketplace import clock, limits
from marketplace.accounts import services
from marketplace.accounts.agents import words_for_agent
from marketplace.accounts.forms import FirstOperatorForm, LetterForm, ProfileForm, ProofForm, SignUpForm
from marketplace.accounts.letter_requests import ask_for_account, ask_for_link
from marketplace.accounts.models import Asked
from marketplace.accounts.proof import give_proof
from marketplace.accounts.queries import (
    end_of,
    get_session_of,
    hashed,
    open_session_count,
    sessions_of,
    usable_operator_key,
)
from marketplace.errors import Conflict, NotFound
from marketplace.labels import PLATFORM_ROLES, word
from marketplace.pages import fills, flash_done, language, me, own_path, page, see_other, status_of, url

accounts = Blueprint("accounts", __name__)
# So long before the longest time of a session is over, its pages say so.
SAID_BEFORE = timedelta(minutes=10)


@accounts.record
def answer_in_place_of_the_library(state: Any) -> None:
    """Whoever asks for a letter is answered by our pages, at Flask-Security's endpoints."""
    ours = {"register": sign_up, "forgot_password": forgot_password, "send_confirmation": send_confirmation}
    state.app.view_functions.update({f"security.{name}": view for name, view in ours.items()})


def sign_up() -> ResponseReturnValue:
    form = SignUpForm()
    if request.method == "POST":
        limits.spend({"sign_up.caller": limits.caller()})
        if form.validate():
            limits.spend({"sign_up.address": form.email.data.lower()})
            ask_for_account(
                form.email.data,
                full_name=form.full_name.data,
                password_hash=hash_password(form.password.data),
                language=language(),
            )
            return see_other(url("accounts.check_letters"))
    return page("accounts/sign_up.html", form=form, status=status_of(form))


def forgot_password() -> ResponseReturnValue:
    return _ask_for_link(Asked.PASSWORD, "accounts/forgot_password.html", limit="reset")


def send_confirmation() -> ResponseReturnValue:
    return _ask_for_link(Asked.ADDRESS, "accounts/send_confirmation.html", limit="confirm")


def _ask_for_link(kind: Asked, template: str, *, limit: str) -> ResponseReturnValue:
    form = LetterForm()
    if request.method == "POST":
        limits.spend({f"{limit}.caller": limits.caller()})
        if form.validate():
            limits.spend({f"{limit}.address": form.email.data.lower()})
            ask_for_link(kind, form.email.data, language=language())
            return see_other(url("accounts.check_letters"))
    return page(template, form=form, status=status_of(form))


@accounts.get("/account")
@auth_required("session")
def show() -> ResponseReturnValue:
    return page(
        "accounts/show.html",
        person=current_user,
        session_count=open_session_count(current_user),
        platform_roles=[word(PLATFORM_ROLES, role) for role in sorted(current_user.platform_roles)],
    )


@accounts.route("/account/profile", methods=["GET", "POST"])
@auth_required("session")
def profile() -> ResponseReturnValue:
    form = ProfileForm(obj=current_user)
    if request.method == "POST" and form.validate():
        services.change_profile(
            current_user,
            actor=current_user,
            full_name=form.full_name.data,
            language=form.language.data,
            affiliation=form.affiliation.data,
            expertise=form.expertise.data,
        )
        flash_done(_("Your profile was saved."))
        return see_other(url("accounts.show"))
    return page("accounts/profile.html", form=form, status=status_of(form))


@accounts.get("/account/sessions")
@auth_required("session")
def sessions() -> ResponseReturnValue:
    found = sessions_of(me())
    here = hashed(session.get("key", ""))
    return page("accounts/sessions.html", sessions=found, here=here, words_for_agent=words_for_agent)


@accounts.post("/account/sessions/<reference>/end")
@auth_required("session")
def end_session(reference: str) -> ResponseReturnValue:
    services.end_session(get_session_of(me(), reference), actor=me())
    flash_done(_("That browser is signed out."))
    return see_other(url("accounts.sessions"))


@accounts.post("/account/sessions/ends")
@auth_required("session")
def end_other_sessions() -> ResponseReturnValue:
    services.end_sessions(me(), but=session.get("key"))
    flash_done(_("You are signed in here only."))
    return see_other(url("accounts.sessions"))


@accounts.get("/account/stay")
@auth_required("session")
def stay() -> ResponseReturnValue:
    """Opening any page keeps an idle session; this one says until when, beside the page with what somebody types."""
    return page("accounts/stay.html", ends_at=end_of(g.open_session), is_longest=g.open_session.idle_until is None)


@fills("page.session")
def when_it_ends() -> str:
    """When this browser is signed out: said where idleness does it, and before the longest time is over."""
    row = g.get("open_session")
    if row is None or me() is None:
        return ""
    left = end_of(row) - clock.now()
    if row.idle_until is None and left > SAID_BEFORE:
        return ""
    return render_template("accounts/_session.html", ends_at=end_of(row), seconds=int(left.total_seconds()))


@accounts.route("/account/proof", methods=["GET", "POST"])
@auth_required("session")
def prove() -> ResponseReturnValue:
    form, target = ProofForm(), own_path(request.args.get("next"))
    if request.method == "POST":
        limits.spend({"sign_in.address": me().email, "sign_in.caller": limits.caller()})
        if form.validate():
            if services.person_with_password(me().email, form.password.data) is not None:
                limits.give_back()
                give_proof()
                return see_other(target or url("accounts.show"))
            form.password.errors = [_("This is not your password.")]
    return page("accounts/prove.html", form=form, target=target, status=status_of(form))


@accounts.get("/sign-up/check-letters")
def check_letters() -> ResponseReturnValue:
    return page("accounts/check_letters.html")


@accounts.route("/first-operator/<key>", methods=["GET", "POST"])
def first_operator(key: str) -> ResponseReturnValue:
    form = FirstOperatorForm()
    if usable_operator_key(key) is None:
        raise NotFound("operator key")
    if request.method == "POST" and form.validate():
        try:
            services.become_first_operator(
                key, email=form.email.data, full_name=form.full_name.data, password=form.password.data
            )
        except Conflict:
            form.email.errors = [_("There is already an account with this address.")]
        else:
            flash_done(_("Your operator account is ready. Sign in with it."))
            return see_other(url_for_security("login"))
    return page("accounts/first_operator.html", form=form, key=key, status=status_of(form))
