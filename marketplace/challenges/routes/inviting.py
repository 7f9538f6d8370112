"""Who sees a challenge: everybody, or whoever the agency invites; the list is for its own people."""

from datetime import datetime

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges import policy, queries, services
from marketplace.challenges.forms import AudienceForm, GuestForm
from marketplace.challenges.models import Challenge
from marketplace.challenges.routes.blueprint import challenges
from marketplace.challenges.stages import HIDDEN, Stage
from marketplace.errors import NotFound
from marketplace.organisations.queries import claimed_organisations, get_organisation
from marketplace.organisations.stages import STATE_KINDS
from marketplace.pages import fills, flash_done, me, page, plain, see_other, url


@challenges.get("/challenges/<slug>/guests")
@auth_required("session")
def guests(slug: str) -> ResponseReturnValue:
    challenge = _of_agency(slug)
    asked = "invited" if challenge.invited_only else "everybody"
    return _guests_page(challenge, AudienceForm(formdata=None, data={"audience": asked}), GuestForm(formdata=None))


def _of_agency(slug: str) -> Challenge:
    """For whoever writes it; for everybody else there is no such list."""
    challenge = queries.get_challenge(slug, me())
    if not policy.can_edit_challenge(me(), challenge):
        raise NotFound(slug)
    return challenge


def _guests_page(challenge: Challenge, audience: AudienceForm, form: GuestForm, status: int = 200) -> Response:
    taken = {each.organisation_id for each in challenge.guests}
    offered = [each for each in claimed_organisations() if each.id not in taken and each.kind not in STATE_KINDS]
    form.organisation.choices = [("", _("Choose")), *((each.slug, plain(each, "name")) for each in offered)]
    is_published = challenge.stage == Stage.PUBLISHED and not challenge.is_closed(clock.database_now())
    return page(
        "challenges/guests.html",
        status=status,
        challenge=challenge,
        audience=audience,
        form=form,
        is_draft=challenge.stage == Stage.DRAFT,
        is_hidden=challenge.stage in HIDDEN,
        may_invite=policy.can_invite_guest(me(), challenge) and (is_published or challenge.stage in HIDDEN),
    )


@challenges.post("/challenges/<slug>/audience")
@auth_required("session")
def change_audience(slug: str) -> ResponseReturnValue:
    challenge, form = _of_agency(slug), AudienceForm()
    if not form.validate():
        return _guests_page(challenge, form, GuestForm(formdata=None), status=422)
    services.change_audience(challenge, actor=me(), invited_only=form.audience.data == "invited")
    flash_done(_("The section was saved."))
    return see_other(url("challenges.guests", slug=slug))


@challenges.post("/challenges/<slug>/guests")
@auth_required("session")
def invite_guest(slug: str) -> ResponseReturnValue:
    challenge, form = _of_agency(slug), GuestForm()
    require(policy.can_invite_guest, me(), challenge)
    chosen = request.form.get("organisation", "")
    form.organisation.choices = [("", ""), (chosen, chosen)]
    if not form.validate():
        return _guests_page(challenge, AudienceForm(formdata=None), form, status=422)
    organisation = get_organisation(chosen) if chosen else None
    services.invite_guest(challenge, actor=me(), organisation=organisation, email=form.email.data)
    flash_done(_("Invited. They get a letter once the challenge is published."))
    return see_other(url("challenges.guests", slug=slug))


@challenges.post("/challenges/<slug>/guests/<reference>/removal")
@auth_required("session")
def remove_guest(slug: str, reference: str) -> ResponseReturnValue:
    challenge = _of_agency(slug)
    services.remove_guest(queries.get_guest(challenge, reference), actor=me())
    flash_done(_("Taken off the list."))
    return see_other(url("challenges.guests", slug=slug))


@fills("challenge.authoring")
def audience_link(challenge: Challenge) -> str:
    """While it is written: who will see it."""
    return render_template("challenges/_audience.html", challenge=challenge)


@fills("challenge.results")
def invited_note(challenge: Challenge, *_rest: object) -> str | None:
    """To those who see a challenge that not everybody sees: that it is so, and to the agency its list."""
    if not challenge.invited_only:
        return None
    keeps_list = policy.can_edit_challenge(me(), challenge)
    return render_template("challenges/_invited.html", challenge=challenge, keeps_list=keeps_list)


@fills("work.waiting")
def invitations_waiting(person: Person, at: datetime) -> str | None:
    """Challenges to which a person is invited and that take solutions now or later."""
    rows = queries.inviting(person, at=at)
    return render_template("challenges/_inviting.html", rows=rows, at=at) if rows else None
