"""Addresses of asking, and the links to it on the pages of organisations and suggestions."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.matching.introductions import services
from marketplace.matching.introductions.forms import AskForm
from marketplace.matching.introductions.policy import can_ask_introduction
from marketplace.matching.introductions.queries import standing_between
from marketplace.matching.introductions.routes.blueprint import introductions
from marketplace.matching.introductions.rules import due_at
from marketplace.matching.introductions.words import HINDRANCES
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import get_organisation, organisations_of
from marketplace.organisations.stages import Role
from marketplace.pages import fills, flash_done, me, page, plain, see_other, url


@introductions.route("/organisations/<slug>/introduction", methods=["GET", "POST"])
@auth_required("session")
def new(slug: str) -> ResponseReturnValue:
    asked, challenge = get_organisation(slug), _challenge()
    askers = [each for each in organisations_of(me(), Role.MEMBER) if can_ask_introduction(me(), each, asked)]
    if not askers:
        raise NotFound(slug)
    form = AskForm()
    form.offer(askers)
    if request.method == "POST" and form.validate():
        asker = next(each for each in askers if each.slug == form.asker.data)
        texts = {"purpose": form.purpose.data, "details": form.details.data}
        try:
            found = services.ask_introduction(asker, asked, actor=me(), challenge=challenge, **texts)
        except services.NotAskable as reason:
            form.form_errors = [str(HINDRANCES[reason.hindrance])]
            return _ask_page(form, asked, challenge, status=409)
        flash_done(_("The request is on its way to %(organisation)s.", organisation=plain(asked, "name")))
        return see_other(url("introductions.show", reference=found.reference))
    return _ask_page(form, asked, challenge, status=422 if form.is_submitted() else 200)


def _challenge() -> Challenge | None:
    """The challenge for which partners are looked for, if one is named."""
    slug = request.args.get("challenge", "")
    found = get_challenge(slug, me()) if slug else None
    if found is not None and not found.is_public:
        raise NotFound(slug)
    return found


def _ask_page(form: AskForm, asked: Organisation, challenge: Challenge | None, *, status: int) -> Response:
    at = clock.database_now()
    closes_at = challenge.closes_at if challenge is not None and challenge.is_open(at) else None
    return page(
        "introductions/new.html",
        status=status,
        form=form,
        organisation=asked,
        challenge=challenge,
        due_at=due_at(at, closes_at),
    )


@fills("organisation.aside")
def ask_link(organisation: Organisation) -> str | None:
    """The way to ask, or to what is going on with this organisation already."""
    askers = [each for each in organisations_of(me(), Role.MEMBER) if can_ask_introduction(me(), each, organisation)]
    if not askers:
        return None
    known = [found for each in askers if (found := standing_between(each, organisation))]
    return render_template("introductions/_ask.html", organisation=organisation, known=known)
