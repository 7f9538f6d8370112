"""Addresses of one's own account; sign-up, sign-in and reset are Flask-Security's under our addresses."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required, current_user, url_for_security

from marketplace.accounts import services
from marketplace.accounts.forms import FirstOperatorForm, ProfileForm
from marketplace.accounts.queries import open_session_count, usable_operator_key
from marketplace.errors import Conflict, NotFound
from marketplace.labels import PLATFORM_ROLES, word
from marketplace.pages import flash_done, page, see_other, status_of, url

accounts = Blueprint("accounts", __name__)


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
