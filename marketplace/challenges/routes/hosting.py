"""Hosting together: the agency asks, the other accepts, either may end it before publication."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges import policy, queries, services
from marketplace.challenges.forms import CohostForm
from marketplace.challenges.routes.blueprint import challenges, own_draft
from marketplace.organisations.queries import claimed_organisations, get_organisation
from marketplace.pages import fills, flash_done, me, page, plain, see_other, status_of, url


@challenges.route("/challenges/<slug>/hosts", methods=["GET", "POST"])
@auth_required("session")
def hosts(slug: str) -> ResponseReturnValue:
    challenge, form = own_draft(slug), CohostForm()
    taken = {challenge.agency_id, *(each.organisation_id for each in challenge.cohosts)}
    offered = [each for each in claimed_organisations() if each.id not in taken]
    form.organisation.choices = [("", _("Choose")), *((each.slug, plain(each, "name")) for each in offered)]
    if form.validate_on_submit():
        services.invite_cohost(challenge, get_organisation(form.organisation.data), actor=me())
        flash_done(_("The organisation was asked. It is named once it has accepted."))
        return see_other(url("challenges.hosts", slug=slug))
    can_invite = policy.can_invite_cohost(me(), challenge)
    return page("challenges/hosts.html", challenge=challenge, form=form, can_invite=can_invite, status=status_of(form))


@challenges.post("/challenges/<slug>/hosts/<reference>/acceptance")
@auth_required("session")
def accept_hosting(slug: str, reference: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    services.accept_hosting(queries.get_cohost(challenge, reference), actor=me())
    flash_done(_("Your organisation hosts this challenge too."))
    return see_other(url("challenges.show", slug=slug))


@challenges.post("/challenges/<slug>/hosts/<reference>/removal")
@auth_required("session")
def remove_host(slug: str, reference: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    cohost = queries.get_cohost(challenge, reference)
    require(policy.can_remove_cohost, me(), cohost)
    services.remove_cohost(cohost, actor=me())
    flash_done(_("The organisation does not host this challenge."))
    writes = policy.can_edit_challenge(me(), challenge)
    return see_other(url("challenges.hosts", slug=slug) if writes else url("home.work"))


@fills("work.waiting")
def work_waiting(person: Person, _at: object) -> str | None:
    """What a person's organisations were asked to host."""
    asked = queries.invited_to_host(person)
    return render_template("challenges/_asked_to_host.html", asked=asked) if asked else None
