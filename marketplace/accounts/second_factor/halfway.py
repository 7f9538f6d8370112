"""Between the right password and the session: who stands there, and how they get in."""

from flask import g, session
from flask.typing import ResponseReturnValue
from flask_security import login_user

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.queries import person_by_uniquifier
from marketplace.pages import own_path, see_other, url

HALFWAY_SECONDS = 10 * 60


def stand_halfway(person: Person, target: str | None, *, assurance: str | None = None) -> ResponseReturnValue:
    """Remember who gave the right password, or whom the provider named so surely, and ask for the second step."""
    halfway = {"who": person.fs_uniquifier, "since": clock.now().timestamp(), "assurance": assurance}
    session["halfway"] = {**halfway, "next": own_path(target)}
    return see_other(url("second_factor.step"))


def person_halfway() -> Person | None:
    """Who gave the right password a moment ago."""
    halfway = session.get("halfway") or {"who": "", "since": 0}
    if clock.now().timestamp() - halfway["since"] > HALFWAY_SECONDS:
        return None
    person = person_by_uniquifier(halfway["who"])
    return person if person is not None and person.active else None


def let_in(person: Person, target: str | None = None) -> ResponseReturnValue:
    """Open the session of somebody who passed both steps; they come to `target`, or where they were going."""
    halfway = session.pop("halfway", None) or {}
    open_session_of(person, assurance=halfway.get("assurance"))
    session["two_steps"] = True
    return see_other(own_path(target) or halfway.get("next") or url("home.work"))


def open_session_of(person: Person, *, assurance: str | None = None) -> None:
    """Sign somebody in; `assurance` is how sure the identity provider was, kept with the session."""
    g.assurance = assurance
    login_user(person)
