"""Addresses of terms and privacy notice, and of one's own consents."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import auth_required

from marketplace.accounts.models import Person
from marketplace.accounts.terms import services
from marketplace.accounts.terms.queries import consents_of, history_of, still_to_accept
from marketplace.accounts.terms.stages import FREE, NEEDED, Purpose
from marketplace.accounts.terms.texts import VERSIONS, current, hash_of, text_of
from marketplace.pages import fills, flash_done, language, me, page, see_other, url

terms = Blueprint("terms", __name__)
WORDS = {
    Purpose.TERMS: (_l("Terms of use"), ""),
    Purpose.PRIVACY: (_l("Privacy notice"), ""),
    Purpose.NEWS: (
        _l("News of the platform"),
        _l("A letter now and then about new fields and events. Never advertising."),
    ),
    Purpose.RESEARCH: (
        _l("Research without names"),
        _l("What you did here counts in studies of open innovation, without name, address or organisation."),
    ),
}


@terms.get("/terms")
def show_terms() -> ResponseReturnValue:
    return _document("terms")


@terms.get("/privacy")
def show_privacy() -> ResponseReturnValue:
    return _document("privacy")


@terms.get("/account/consents")
@auth_required("session")
def consents() -> ResponseReturnValue:
    return page(
        "terms/consents.html",
        given=consents_of(me()),
        missing=still_to_accept(me()),
        history=history_of(me()),
        free=FREE,
        needed=NEEDED,
        words=WORDS,
    )


@terms.post("/account/consents")
@auth_required("session")
def choose() -> ResponseReturnValue:
    ticked = {Purpose(each) for each in request.form.getlist("purpose") if each in set(Purpose)}
    services.choose(me(), ticked, actor=me(), language=language())
    flash_done(_("Your choice was saved. You can change it at any time."))
    return see_other(url("terms.consents"))


@terms.post("/account/consents/acceptance")
@auth_required("session")
def accept() -> ResponseReturnValue:
    services.agree(me(), NEEDED, actor=me(), language=language())
    flash_done(_("Thank you. What you accepted is kept with its date below."))
    return see_other(url("terms.consents"))


@fills("work.notices")
def new_words(person: Person) -> str:
    """What has to be read anew."""
    if person.is_demo or not still_to_accept(person):
        return ""
    return render_template("terms/_waiting.html")


def _document(name: str) -> ResponseReturnValue:
    version = request.args.get("version", current(name))
    if version not in VERSIONS[name]:
        abort(404)
    return page(
        "terms/document.html",
        name=name,
        text=text_of(name, version, language()),
        version=version,
        versions=VERSIONS[name],
        digest=hash_of(name, version),
    )
