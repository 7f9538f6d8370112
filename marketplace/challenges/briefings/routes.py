"""Addresses of briefings: reading, registering, the calendar entry; holding them for the agency."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.moderating.hiding import hidden_page, unseen_by
from marketplace.authority import require
from marketplace.challenges.briefings import policy, queries, services
from marketplace.challenges.briefings.calendar import entry_of
from marketplace.challenges.briefings.forms import BriefingForm, CancellationForm, RegistrationForm
from marketplace.challenges.briefings.models import Briefing
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import HIDDEN, Stage
from marketplace.errors import NotFound
from marketplace.files.download import as_download
from marketplace.organisations.queries import organisations_of
from marketplace.pages import absolute, fills, flash_done, language, me, page, plain, see_other, status_of, url

briefings = Blueprint("briefings", __name__)


@briefings.get("/challenges/<slug>/briefings/<reference>")
def show(slug: str, reference: str) -> ResponseReturnValue:
    briefing = _briefing(slug, reference)
    if instead := hidden_page("briefing", reference, title=plain(briefing, "title")):
        return instead
    return _briefing_page(briefing, CancellationForm(formdata=None))


def _briefing(slug: str, reference: str) -> Briefing:
    return queries.get_briefing(get_challenge(slug, me()), reference)


def _briefing_page(briefing: Briefing, form: CancellationForm, status: int = 200) -> Response:
    at, mine = clock.database_now(), queries.registration_of(briefing, me())
    holds = policy.can_hold_briefing(me(), briefing.challenge)
    return page(
        "challenges/briefing.html",
        status=status,
        challenge=briefing.challenge,
        briefing=briefing,
        form=form,
        registering=_registration_form(formdata=None),
        mine=mine,
        is_seated=mine in briefing.seated,
        holds=holds,
        may_register=policy.can_register(me(), briefing) and briefing.takes(at),
        is_coming=briefing.takes(at),
    )


def _registration_form(**options: None) -> RegistrationForm:
    form = RegistrationForm(**options)
    mine = organisations_of(me())
    form.organisation.choices = [*((each.slug, plain(each, "name")) for each in mine), ("", _("For myself"))]
    return form


@briefings.post("/challenges/<slug>/briefings/<reference>/registration")
@auth_required("session")
def join(slug: str, reference: str) -> ResponseReturnValue:
    briefing, form = _briefing(slug, reference), _registration_form()
    require(policy.can_register, me(), briefing)
    if not form.validate():
        return _briefing_page(briefing, CancellationForm(formdata=None), status=422)
    mine = {each.slug: each for each in organisations_of(me())}
    found = services.join_briefing(briefing, actor=me(), organisation=mine.get(form.organisation.data or ""))
    is_seated = found in briefing.seated
    flash_done(_("Registered.") if is_seated else _("All seats are taken: you stand on the waiting list."))
    return see_other(url("briefings.show", slug=slug, reference=reference))


@briefings.post("/challenges/<slug>/briefings/<reference>/registration/removal")
@auth_required("session")
def leave(slug: str, reference: str) -> ResponseReturnValue:
    services.leave_briefing(_briefing(slug, reference), actor=me())
    flash_done(_("Your seat was given back."))
    return see_other(url("briefings.show", slug=slug, reference=reference))


@briefings.get("/challenges/<slug>/briefings/<reference>/calendar.ics")
@auth_required("session")
def calendar(slug: str, reference: str) -> ResponseReturnValue:
    briefing = _briefing(slug, reference)
    is_seated = queries.registration_of(briefing, me()) in briefing.seated
    if not is_seated and not policy.can_hold_briefing(me(), briefing.challenge):
        raise NotFound(reference)
    told = {
        "title": plain(briefing, "title"),
        "address": absolute("briefings.show", language(), slug=slug, reference=reference),
        "host": urlsplit(current_app.config["BASE_URL"]).netloc,
    }
    content = entry_of(briefing, stamped_at=clock.now(), **told)
    return as_download(content, name=f"{reference}.ics", media_type="text/calendar; charset=utf-8")


@briefings.route("/challenges/<slug>/briefings", methods=["GET", "POST"])
@auth_required("session")
def new(slug: str) -> ResponseReturnValue:
    challenge, form = _held(slug), BriefingForm()
    if form.validate_on_submit():
        briefing = services.add_briefing(challenge, actor=me(), **form.columns())
        flash_done(_("The briefing is announced."))
        return see_other(url("briefings.show", slug=slug, reference=briefing.reference))
    return page("challenges/briefing_form.html", challenge=challenge, form=form, briefing=None, status=status_of(form))


def _held(slug: str) -> Challenge:
    """For whoever holds briefings; for everybody else there is no such page."""
    challenge = get_challenge(slug, me())
    if not policy.can_hold_briefing(me(), challenge):
        raise NotFound(slug)
    return challenge


@briefings.route("/challenges/<slug>/briefings/<reference>/edit", methods=["GET", "POST"])
@auth_required("session")
def edit(slug: str, reference: str) -> ResponseReturnValue:
    challenge = _held(slug)
    briefing = queries.get_briefing(challenge, reference)
    form = BriefingForm(obj=briefing)
    if form.validate_on_submit():
        services.change_briefing(briefing, actor=me(), **form.columns())
        flash_done(_("Changed. Everybody who is registered gets a letter."))
        return see_other(url("briefings.show", slug=slug, reference=reference))
    shown: dict[str, Any] = {"challenge": challenge, "briefing": briefing, "form": form}
    return page("challenges/briefing_form.html", status=status_of(form), **shown)


@briefings.post("/challenges/<slug>/briefings/<reference>/cancellation")
@auth_required("session")
def cancel(slug: str, reference: str) -> ResponseReturnValue:
    briefing, form = queries.get_briefing(_held(slug), reference), CancellationForm()
    if not form.validate():
        return _briefing_page(briefing, form, status=422)
    services.cancel_briefing(briefing, actor=me(), because=form.because.data or "")
    flash_done(_("The briefing was called off."))
    return see_other(url("briefings.show", slug=slug, reference=reference))


@fills("challenge.authoring")
@fills("challenge.below")
def briefings_below(challenge: Challenge, *_rest: object) -> str | None:
    """When the agency explains the challenge; to whoever holds briefings also the way to announce one."""
    at, rows = clock.database_now(), queries.briefings_of(challenge)
    if rows:
        unseen = unseen_by(me(), "briefing")
        rows = [each for each in rows if each.reference not in unseen]
    holds = policy.can_hold_briefing(me(), challenge) and challenge.stage in HIDDEN | {Stage.PUBLISHED}
    holds = holds and not challenge.is_closed(at)
    if not rows and not holds:
        return None
    return render_template("challenges/_briefings.html", challenge=challenge, rows=rows, holds=holds, at=at)
