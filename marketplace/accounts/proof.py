"""Dangerous deeds ask for the password once more, if it was given too long ago."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, session
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.links import page_now
from marketplace.pages import see_other, url

PROOF_SECONDS = 30 * 60


def give_proof() -> None:
    """The person in front of this browser has just shown who they are; its longest time begins anew."""
    session["proved_at"] = clock.now().timestamp()
    if "open_session" in g:
        g.open_session.started_at = clock.now()


def proof_asked(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """For people who signed in or typed their password within the last half hour; others do so first and come back."""

    @auth_required("session")
    @wraps(view)
    def guarded(*arguments: Any, **values: Any) -> ResponseReturnValue:
        if clock.now().timestamp() - session.get("proved_at", 0) > PROOF_SECONDS:
            return see_other(url("accounts.prove", next=page_now()))
        return view(*arguments, **values)

    return guarded
