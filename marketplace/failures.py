"""Every refusal and fault as a page that says what happened, whether the work is safe, and what to do."""

import logging
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from marketplace.db import db
from marketplace.errors import NotReady, TooManyTries, Unhappened
from marketplace.pages import error_page, page

log = logging.getLogger(__name__)
# never sent back to the browser, not even to the person who typed it
_SECRET_FIELDS = ("password", "csrf_token", "new_password")


def words_for(status: int) -> tuple[str, str]:
    """Heading and text for a status, in the reader's language."""
    known = {
        400: (_("This request could not be read"), _("Nothing was changed. Go back and try again.")),
        401: (_("Sign in first"), _("This page is for people with an account. Nothing was lost.")),
        403: (
            _("You may not do this"),
            _("Nothing was changed. If you think you should be able to, ask the owner of your organisation."),
        ),
        404: (
            _("There is no such page"),
            _("The address may be mistyped, or the page is not for you. Start from the home page."),
        ),
        405: (
            _("This address only takes forms"),
            _("Nothing was changed. Go back to the page with the form."),
        ),
        409: (
            _("That is not possible any more"),
            _("Something changed meanwhile: somebody was first, or the time is over. Load the page again to see it."),
        ),
        413: (_("The file is too large"), _("It was not kept. Everything saved before is safe.")),
        421: (
            _("This site has another name"),
            _("It is reached at %(address)s and nowhere else.", address=current_app.config["BASE_URL"]),
        ),
        415: (_("This kind of file is not taken"), _("It was not kept. Everything saved before is safe.")),
        422: (_("Something is still missing"), _("Nothing was changed. Go back and fill in what is named.")),
        429: (_("Too many tries"), _("Nothing was changed.")),
        503: (
            _("The site is busy"),
            _("What you just sent was not kept. Wait a moment, go back and send it again."),
        ),
    }
    fault = (
        _("Something went wrong on our side"),
        _("What you just sent was not kept; everything saved before is safe. Tell us the number below."),
    )
    return known.get(status, fault)


def answer(status: int, detail: str = "") -> Response:
    """The error page for a status."""
    heading, body = words_for(status)
    return error_page(status, heading, f"{body} {detail}".strip())


def bind_to(app: Flask) -> None:
    """Give `app` a page for every refusal and fault."""
    answers: dict[type[Exception], Any] = {
        NotReady: _not_ready,
        TooManyTries: _too_often,
        Unhappened: lambda error: answer(error.status),
        HTTPException: lambda error: error.response or answer(error.code or 500),
        CSRFError: _stale_form,
        IntegrityError: _taken,
        OperationalError: _busy,
        Exception: _fault,
    }
    for kind, handler in answers.items():
        app.register_error_handler(kind, handler)


def _look_nobody_up() -> None:
    """The page of a fault is a visitor's: asking who is signed in could fail again."""
    g._login_user = AnonymousUserMixin()


def _not_ready(error: NotReady) -> Response:
    return answer(422, "; ".join(str(gap) for gap in error.gaps))


def _too_often(error: TooManyTries) -> Response:
    minutes = -(-error.wait.total_seconds() // 60)
    detail = ngettext(
        "The next try is possible in %(num)d minute.", "The next try is possible in %(num)d minutes.", minutes
    )
    response = answer(429, detail)
    response.headers["Retry-After"] = str(int(error.wait.total_seconds()) + 1)
    return response


def typed_fields() -> list[tuple[str, str]]:
    """What this request's form says, in order, without secrets."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(secret in name for secret in _SECRET_FIELDS)
    ]


def keep_what_was_sent(*, status: int, sign_in: str | None = None) -> Response:
    """The page that holds what a form said, to send it again; after signing in at `sign_in`, if that is why."""
    action = request.script_root + request.full_path.rstrip("?")
    return page("errors/resubmit.html", status=status, action=action, fields=typed_fields(), sign_in=sign_in)


def _stale_form(_error: CSRFError) -> Response:
    return keep_what_was_sent(status=400)


def _taken(_error: IntegrityError) -> Response:
    log.warning("a constraint refused %s", request.path, exc_info=True)
    db.session.rollback()  # after a refused flush not even the page's reader can be asked for
    return answer(409)


def _busy(_error: OperationalError) -> Response:
    log.exception("the database did not answer")
    _look_nobody_up()
    response = answer(503)
    response.headers["Retry-After"] = "5"
    return response


def _fault(_error: Exception) -> Response:
    log.exception("fault at %s", request.path)
    _look_nobody_up()
    return answer(500)
