"""Entering as a demo person; these addresses exist only in demo mode, and answer only a loopback caller."""

from ipaddress import ip_address

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_security import login_user, logout_user

from marketplace.accounts.queries import person_by_reference
from marketplace.demo.personas import cast_of
from marketplace.demo.queries import personas
from marketplace.errors import NotFound
from marketplace.pages import page, see_other, url

demo = Blueprint("demo", __name__)


@demo.before_request
def only_from_this_machine() -> None:
    # a proxy on this machine would make everybody look like a caller from it
    was_forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host"))
    here = ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - a fallback that is refused
    if was_forwarded or not here:
        abort(404)


@demo.get("/personas")
def index() -> ResponseReturnValue:
    return page("demo/personas.html", cast=cast_of(personas()))


@demo.post("/personas/<reference>/entry")
def enter(reference: str) -> ResponseReturnValue:
    person = person_by_reference(reference)
    if person is None or not person.is_demo:
        raise NotFound(reference)
    logout_user()
    login_user(person)
    return see_other(url("home.work"))
