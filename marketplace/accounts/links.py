"""What happens around Flask-Security's pages: links from letters, the way to sign-in and back."""

from urllib.parse import urlsplit

from flask import Response, current_app, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import url_for_security
from flask_security.utils import check_and_get_token_status

from marketplace.accounts.models import Person
from marketplace.accounts.queries import person_by_uniquifier
from marketplace.failures import keep_what_was_sent, typed_fields
from marketplace.pages import own_path, page, see_other

# Endpoint of a link -> what Flask-Security calls its secret, and the setting that says how long it is good for
_SECRETS = {
    "security.confirm_email": ("confirm", "SECURITY_CONFIRM_EMAIL_WITHIN"),
    "security.reset_password": ("reset", "SECURITY_RESET_PASSWORD_WITHIN"),
}


def open_harmlessly() -> ResponseReturnValue | None:
    """Before a page of Flask-Security opens: links only show what they would do, `next` only names our paths."""
    if "next" in request.args and own_path(request.args["next"]) is None:
        return see_other(request.script_root + request.path)
    if request.endpoint in _SECRETS and request.method in {"GET", "HEAD"}:
        return _show_link(str((request.view_args or {})["token"]))
    return None


def _show_link(secret: str) -> ResponseReturnValue | None:
    expired, person = _holder(secret)
    confirms = request.endpoint == "security.confirm_email"
    if expired or person is None:
        new_link = url_for_security("send_confirmation" if confirms else "forgot_password")
        status = 410 if expired else 404
        return page("accounts/dead_link.html", status=status, person=person, new_link=new_link, confirms=confirms)
    if not confirms:
        return None
    if person.confirmed_at is not None:
        flash(_("This address is confirmed already. Sign in."), "success")
        return see_other(url_for_security("login"))
    return page("accounts/confirm.html", person=person)


def _holder(secret: str) -> tuple[bool, Person | None]:
    """Whether the link came too late, and whose it is; nobody's if it was used or is not one of ours."""
    name, setting = _SECRETS[str(request.endpoint)]
    expired, _invalid, said = check_and_get_token_status(secret, name, current_app.config[setting])
    return bool(expired and said), person_by_uniquifier(said[0]) if said else None


def ask_to_sign_in(mechanisms: object, headers: object) -> ResponseReturnValue:
    """The way to sign-in for whoever is not; afterwards they come back to the page, or send what they typed again."""
    del mechanisms, headers  # there is one way to sign in
    if request.method == "POST" and typed_fields():
        return keep_what_was_sent(status=401, sign_in=url_for_security("login", next=page_now()))
    flash(_("Sign in first. You then come back to this page."), "warning")
    return see_other(url_for_security("login", next=page_now()))


def page_now() -> str | None:
    """The page one reads, or the one with the form that was sent: where to come back to."""
    if request.method in {"GET", "HEAD"}:
        return request.script_root + request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return None
    return own_path(came_from.path + (f"?{came_from.query}" if came_from.query else ""))


def answer_303(response: Response) -> Response:
    """A sent form answers with "see other", as every other form of the site does."""
    if request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response
