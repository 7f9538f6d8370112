"""Flask-Security on our terms: one transaction, our events, our letters, sessions that can be ended."""

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, has_request_context, request, session
from flask import render_template as flask_render_template
from flask.typing import ResponseReturnValue
from flask_login import user_logged_in, user_logged_out
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore
from flask_security.confirmable import confirm_user
from flask_security.signals import password_changed, password_reset, user_confirmed
from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from marketplace import clock, limits
from marketplace.accounts import links
from marketplace.accounts.events import PasswordChanged, PersonConfirmed, SignedIn, SignedOut
from marketplace.accounts.forms import NewPasswordForm, OtherPasswordForm, SignInForm, SignUpForm
from marketplace.accounts.models import OpenSession, Person
from marketplace.accounts.proof import give_proof
from marketplace.accounts.queries import hashed, open_session
from marketplace.accounts.services import end_sessions
from marketplace.db import db, record_apart, token
from marketplace.events import announce

# How exactly we know when a browser was here last, and where idleness ends the session.
SEEN_EVERY = timedelta(hours=1)
SEEN_EVERY_WHERE_IDLE_ENDS = timedelta(minutes=1)

CONFIG: dict[str, Any] = {
    "SECURITY_REGISTERABLE": True,
    "SECURITY_USE_REGISTER_V2": True,
    "SECURITY_CONFIRMABLE": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_AUTO_LOGIN_AFTER_CONFIRM": False,
    "SECURITY_AUTO_LOGIN_AFTER_RESET": False,
    "SECURITY_PASSWORD_CONFIRM_REQUIRED": False,
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    # OWASP's minimum; the library's default costs half a second a sign-in.
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 19456,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    # sha256_crypt, the default, makes reset answer half a second later for known addresses.
    "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
    "SECURITY_DEPRECATED_HASHING_SCHEMES": [],
    "SECURITY_INPUT_NORMALIZE_FORM": "NFC",
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFC",
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_REGISTER_URL": "/sign-up",
    "SECURITY_RESET_URL": "/reset-password",
    "SECURITY_CONFIRM_URL": "/confirm-address",
    "SECURITY_CHANGE_URL": "/change-password",
    "SECURITY_POST_LOGIN_VIEW": "home.work",
    "SECURITY_POST_LOGOUT_VIEW": "home.index",
    "SECURITY_POST_REGISTER_VIEW": "accounts.check_letters",
    "SECURITY_POST_CONFIRM_VIEW": "security.login",
    "SECURITY_POST_RESET_VIEW": "security.login",
    "SECURITY_POST_CHANGE_VIEW": "accounts.show",
    "SECURITY_CONFIRM_ERROR_VIEW": "security.send_confirmation",
    "SECURITY_LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "SECURITY_REGISTER_USER_TEMPLATE": "accounts/sign_up.html",
    "SECURITY_FORGOT_PASSWORD_TEMPLATE": "accounts/forgot_password.html",
    "SECURITY_RESET_PASSWORD_TEMPLATE": "accounts/reset_password.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
    "SECURITY_SEND_CONFIRMATION_TEMPLATE": "accounts/send_confirmation.html",
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_DATETIME_FACTORY": clock.now,
    # Nothing asks for the password again, so /verify does not exist; nor does the library's own look.
    "SECURITY_FRESHNESS": timedelta(minutes=-1),
    "SECURITY_STATIC_FOLDER": None,
    "REMEMBER_COOKIE_DURATION": 0,
}


class Datastore(SQLAlchemyUserDatastore):
    """Leaves the commit to the request; a command outside a request commits itself."""

    def find_user(self, case_insensitive: bool = False, **asked: Any) -> Person | None:
        """As the library does; but whom the session's row brought along is not read a second time."""
        person: Person | None = g.get("session_person")
        if person is not None and asked == {"fs_uniquifier": person.fs_uniquifier}:
            return person
        return super().find_user(case_insensitive, **asked)

    def commit(self) -> None:
        if has_request_context():
            db.session.flush()
        else:
            db.session.commit()


class _Role:
    """Flask-Security wants a role class; our roles are grants."""


def bind_to(app: Flask, *, mail_util: type[MailUtil]) -> Security:
    """Set up sign-in on `app`; letters go through `mail_util`."""
    app.config.update(CONFIG)
    app.config["SECURITY_PASSWORD_SALT"] = app.config["SECRET_KEY"]
    app.config["SECURITY_EMAIL_SENDER"] = app.config["LETTERS_FROM"]
    security = Security(
        app,
        Datastore(db, Person, _Role),
        login_form=SignInForm,
        register_form=SignUpForm,
        reset_password_form=NewPasswordForm,
        change_password_form=OtherPasswordForm,
        mail_util_cls=mail_util,
        render_template=_render,
    )
    security.want_json(lambda _request: False)  # one way in: pages
    security.unauthn_handler(links.ask_to_sign_in)
    app.before_request_funcs.setdefault("security", []).extend([links.open_harmlessly, _count_tries])
    app.after_request_funcs.setdefault("security", []).append(links.answer_303)
    loader = app.login_manager._user_callback  # the way Flask-Security loads a person; we ask our rows first

    @app.login_manager.user_loader
    def load(identity: str) -> Person | None:
        row = open_session(session.get("key", ""))
        g.session_person = row.person if row else None
        person = loader(identity) if row else None
        if person is None or row is None or row.person_id != person.id:
            return None
        g.open_session = row
        if _is_to_note(row):
            _note_seen(row)
        return person

    for signal, receiver in _RECEIVERS:
        signal.connect(receiver, app)
    return security


def _render(template: str, **context: Any) -> ResponseReturnValue:
    """A refused form answers 422, as every other form of the site does."""
    sent = [form for name, form in context.items() if name.endswith("_form") and form.is_submitted()]
    refused = any(form.errors for form in sent)
    g.form_refused = g.get("form_refused") or refused
    return flask_render_template(template, has_errors=refused, **context)


def _count_tries() -> None:
    """Before a password is hashed: wrong ones are counted by address, by caller and in all."""
    if request.endpoint == "security.login" and request.method == "POST":
        address = request.form.get("email", "").strip().lower()
        tries = {"sign_in.address": address, "sign_in.caller": limits.caller(), "sign_in.everybody": ""}
        limits.spend(tries)


def _is_to_note(row: OpenSession) -> bool:
    """Whether what we know of its last request is too old."""
    if row.idle_until is None:
        return clock.now() - (row.seen_at or row.started_at) > SEEN_EVERY
    return row.idle_until - clock.now() < _idle_time() - SEEN_EVERY_WHERE_IDLE_ENDS


def _idle_time() -> timedelta:
    return timedelta(minutes=current_app.config["IDLE_MINUTES"])


def _note_seen(row: OpenSession) -> None:
    """When a browser was here last; of a request that only reads this is the one thing kept."""
    seen = {"seen_at": clock.now()}
    if row.idle_until is not None:
        seen["idle_until"] = clock.now() + _idle_time()
    if g.get("reads_only"):
        with record_apart() as apart:
            apart.execute(update(OpenSession).where(OpenSession.id == row.id).values(seen))
    else:
        db.session.execute(update(OpenSession).where(OpenSession.id == row.id).values(seen))
    for name, value in seen.items():
        set_committed_value(row, name, value)  # this request's own transaction may be older


def _remember_session(_app: Flask, user: Person, **_: Any) -> None:
    limits.give_back()
    session["key"] = token()
    agent = (request.user_agent.string or "")[:300]
    row = OpenSession(person_id=user.id, key_hash=hashed(session["key"]), agent=agent, caller=limits.caller())
    row.started_at, row.assurance = clock.now(), g.pop("assurance", None)
    db.session.add(row)
    give_proof()
    db.session.flush()
    announce(SignedIn(actor=user, subject=user, unsaid={"session": row}))


def _end_session(_app: Flask, user: Person | None, **_: Any) -> None:
    for name in ("proved_at", "two_steps", "halfway", "recovery_codes", "openid_new"):
        session.pop(name, None)
    row = open_session(session.pop("key", ""))
    if row is not None and user is not None:
        row.ended_at = clock.now()
        announce(SignedOut(actor=user, subject=user))


def _tell_confirmed(_app: Flask, user: Person, **_: Any) -> None:
    announce(PersonConfirmed(actor=user, subject=user))


def _tell_password_reset(app: Flask, user: Person, **_: Any) -> None:
    if user.confirmed_at is None:
        confirm_user(user)  # the link was opened from a letter, so the address is theirs
    _tell_password_changed(app, user)


def _tell_password_changed(_app: Flask, user: Person, **_: Any) -> None:
    end_sessions(user, but=session.get("key"))
    announce(PasswordChanged(actor=user, subject=user))


_RECEIVERS = [
    (user_logged_in, _remember_session),
    (user_logged_out, _end_session),
    (user_confirmed, _tell_confirmed),
    (password_reset, _tell_password_reset),
    (password_changed, _tell_password_changed),
]
