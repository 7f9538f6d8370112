"""Addresses of what is kept, and the buttons on pages of challenges, organisations and search."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.accounts.models import Person
from marketplace.accounts.queries import person_by_reference
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.notifications.watching import queries, services
from marketplace.notifications.watching.forms import KeepForm
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import get_organisation, organisations_of
from marketplace.organisations.stages import Role
from marketplace.pages import fills, flash_done, me, page, see_other, url
from marketplace.search.finding import FACETS
from marketplace.text import clean_line

watching = Blueprint("watching", __name__)
# Mail programs press this one for their reader (RFC 8058): they hold the key and no form of ours.
one_click = Blueprint("one_click", __name__)
LONGEST_WORDS = 500


@watching.get("/saved")
@auth_required("session")
def index() -> ResponseReturnValue:
    return page(
        "watching/index.html",
        searches=queries.searches_of(me()),
        items=queries.items_of(me()),
        wants_digests=queries.wants_digests(me()),
        suspended=queries.suspended_keepers(me()),
    )


@watching.post("/saved/searches")
@auth_required("session")
def save_search() -> ResponseReturnValue:
    words = clean_line(request.form.get("q", ""))[:LONGEST_WORDS]
    facts = {name: value[:60] for name in FACETS if (value := clean_line(request.form.get(name, "")))}
    if words or facts:
        services.save_search(me(), organisation=_owner(), words=words, facts=facts)
        flash_done(_("The search is kept. What is new for it comes by letter, once a day at most."))
    return see_other(url("watching.index"))


@watching.post("/saved/searches/<reference>/removal")
@auth_required("session")
def remove_search(reference: str) -> ResponseReturnValue:
    services.take_away(queries.get_search(reference, me()), actor=me())
    flash_done(_("The search is kept no longer."))
    return see_other(url("watching.index"))


@watching.post("/challenges/<slug>/saving")
@auth_required("session")
def keep_challenge(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    if not challenge.is_public:
        raise NotFound(slug)
    services.keep_item(me(), challenge, organisation=_owner())
    flash_done(_("Kept. Changes and the closing come by letter, once a day at most."))
    return see_other(url("challenges.show", slug=slug))


@watching.post("/organisations/<slug>/saving")
@auth_required("session")
def keep_organisation(slug: str) -> ResponseReturnValue:
    services.keep_item(me(), get_organisation(slug), organisation=_owner())
    flash_done(_("Kept. When its profile is changed or confirmed, a letter says so."))
    return see_other(url("organisations.show", slug=slug))


@watching.post("/saved/items/<reference>/removal")
@auth_required("session")
def remove_item(reference: str) -> ResponseReturnValue:
    services.take_away(queries.get_item(reference, me()), actor=me())
    flash_done(_("It is kept no longer."))
    return see_other(url("watching.index"))


@watching.post("/saved/digests")
@auth_required("session")
def set_digests() -> ResponseReturnValue:
    services.want_digests(me(), wanted=request.form.get("wanted") == "yes")
    flash_done(_("Saved."))
    return see_other(url("watching.index"))


@watching.get("/digests/<key>")
def digest(key: str) -> ResponseReturnValue:
    return page("watching/unsubscribe.html", wanted=queries.wants_digests(_reader(key)), key=key)


@watching.post("/digests/<key>/end")
def end_digests(key: str) -> ResponseReturnValue:
    services.want_digests(_reader(key), wanted=False)
    return see_other(url("watching.digest", key=key))


@one_click.post("/digests/<key>")
def end_by_mail_program(key: str) -> ResponseReturnValue:
    services.want_digests(_reader(key), wanted=False)
    return "", 204


@fills("challenge.aside")
def keep_challenge_button(challenge: Challenge) -> str | None:
    if me() is None or not challenge.is_public:
        return None
    return _button(challenge, url("watching.keep_challenge", slug=challenge.slug))


@fills("organisation.aside")
def keep_organisation_button(organisation: Organisation) -> str | None:
    return _button(organisation, url("watching.keep_organisation", slug=organisation.slug)) if me() else None


@fills("search.below")
def keep_search_button(asked: dict[str, Any]) -> str | None:
    if me() is None or not any(asked.values()):
        return None
    return render_template("watching/_search.html", asked=asked, form=_form())


@fills("work.more")
def saved_link(person: Person, _at: object) -> str | None:
    searches, items = len(queries.searches_of(person)), len(queries.items_of(person))
    return render_template("watching/_work.html", searches=searches, items=items) if searches or items else None


def _button(thing: Challenge | Organisation, address: str) -> str:
    kept = queries.keepers_of(thing, me())
    return render_template("watching/_keep.html", kept=kept, address=address, form=_form())


def _form() -> KeepForm:
    form = KeepForm(formdata=None)
    form.offer(_organisations())
    return form


def _owner() -> Organisation | None:
    form = KeepForm()
    form.offer(_organisations())
    if not form.validate():
        raise NotFound("owner")
    return form.chosen(_organisations())


def _organisations() -> Sequence[Organisation]:
    return organisations_of(me(), Role.MEMBER)


def _reader(key: str) -> Person:
    person = person_by_reference(services.reader_of(key))
    if person is None:
        raise NotFound("digest")
    return person
