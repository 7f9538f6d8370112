"""Addresses of looking as somebody else, and what holds for every request meanwhile."""

from typing import Any

from flask import Blueprint, g, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts.models import Person
from marketplace.accounts.operating.queries import get_person
from marketplace.accounts.policy import is_operator
from marketplace.accounts.proof import proof_asked
from marketplace.accounts.seeing import services
from marketplace.accounts.seeing.forms import ViewingForm
from marketplace.accounts.seeing.models import Viewing
from marketplace.accounts.seeing.policy import can_see_as
from marketplace.accounts.seeing.queries import SLOTS_FROM, is_shown, open_viewing
from marketplace.errors import NotFound
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url

seeing = Blueprint("seeing", __name__, url_prefix="/operator")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@seeing.record
def look_with_other_eyes(state: Any) -> None:
    """Whoever is signed in and looks as somebody else is, for the pages, that person; `g.viewing` says so."""
    loader = state.app.login_manager._user_callback

    @state.app.login_manager.user_loader
    def load(identity: str) -> Person | None:
        person = loader(identity)
        viewing = open_viewing(person, session["viewing"]) if person is not None and "viewing" in session else None
        if viewing is None:
            return person
        g.viewing, g.slots_from = viewing, SLOTS_FROM
        return viewing.person


@seeing.before_app_request
def only_look() -> ResponseReturnValue | None:
    """Nothing is sent meanwhile, and only pages are opened that hold nothing sealed."""
    if "viewing" not in session or request.endpoint == "static":
        return None
    me()
    viewing: Viewing | None = g.get("viewing")
    if viewing is None:
        session.pop("viewing")  # its time is over
        return None
    if request.endpoint == "security.logout":
        _be_oneself(viewing)
        return None
    if request.endpoint == "seeing.end":
        return None
    reads = request.method in _READS
    if reads and is_shown(request.endpoint, request.view_args or {}, operator=viewing.operator):
        return None
    return page("seeing/closed.html", status=403, reads=reads)


@seeing.route("/people/<reference>/viewing", methods=["GET", "POST"])
@proof_asked
def begin(reference: str) -> ResponseReturnValue:
    if not is_operator(me()):
        raise NotFound("operator")
    person, form = get_person(reference), ViewingForm()
    if form.validate_on_submit():
        viewing = services.begin_viewing(person, reason=form.reason.data, actor=me())
        session["viewing"] = viewing.reference
        return see_other(url("home.work"))
    return page("seeing/begin.html", form=form, person=person, may=can_see_as(me(), person), status=status_of(form))


@seeing.post("/viewing/end")
def end() -> ResponseReturnValue:
    if not (me() and "viewing" in g):
        raise NotFound("nothing is looked at")
    person = g.viewing.person
    _be_oneself(g.viewing)
    flash_done(_("You are yourself again."))
    return see_other(url("room.person", reference=person.reference))


@fills("page.top")
def banner() -> str:
    """On every page, so that nobody forgets whose eyes these are."""
    if me() is None or "viewing" not in g:
        return ""
    return render_template("seeing/_banner.html", viewing=g.viewing)


@fills("operator.person")
def link(person: Person) -> str:
    return render_template("seeing/_link.html", person=person) if can_see_as(me(), person) else ""


def _be_oneself(viewing: Viewing) -> None:
    services.end_viewing(viewing)
    session.pop("viewing")
    for name in ("viewing", "slots_from"):
        g.pop(name)
    g._login_user = viewing.operator
