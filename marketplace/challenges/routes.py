"""Addresses of challenges: read input, call one deed, answer."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.authority import require
from marketplace.challenges import gate, policy, queries, sections, services
from marketplace.challenges.forms import SECTIONS, ReasonsForm, StartForm
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Field, Stage
from marketplace.db import count_of, db
from marketplace.errors import NotFound, NotReady, Refused
from marketplace.organisations.queries import agencies_of
from marketplace.pages import Pagination, flash_done, me, page, page_number, plain, see_other, status_of, url

challenges = Blueprint("challenges", __name__)
PAGE_SIZE = 20


@challenges.app_context_processor
def policies() -> dict[str, object]:
    """Templates ask the same questions as the deeds before they show a button."""
    rules = (policy.can_edit_challenge, policy.can_submit_challenge, policy.can_publish_challenge)
    return {rule.__name__: rule for rule in (*rules, policy.can_cancel_challenge, policy.can_run_challenge)}


@challenges.get("/challenges")
def index() -> ResponseReturnValue:
    at, number = clock.database_now(), page_number()
    asked = {name: request.args.get(name, "")[:200] for name in ("q", "phase", "field")}
    found = queries.public_list(
        at=at,
        words=asked["q"],
        phase=asked["phase"],
        field=Field(asked["field"]) if asked["field"] in set(Field) else None,
    )
    rows = db.session.scalars(found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    listing = Pagination(rows, number=number, total=count_of(found), size=PAGE_SIZE)
    counts = queries.phase_counts(at)
    return page("challenges/index.html", parts=("results",), listing=listing, at=at, asked=asked, counts=counts)


@challenges.route("/challenges/new", methods=["GET", "POST"])
@auth_required("session")
def new() -> ResponseReturnValue:
    agencies = {agency.slug: agency for agency in agencies_of(me())}
    if not agencies:
        raise Refused("writes for no agency")
    form = StartForm()
    form.agency.choices = [(slug, plain(agency, "name")) for slug, agency in agencies.items()]
    if form.validate_on_submit():
        challenge = services.draft_challenge(agencies[form.agency.data], actor=me(), title_vi=form.title_vi.data)
        return see_other(url("challenges.edit", slug=challenge.slug))
    return page("challenges/new.html", form=form, status=status_of(form))


@challenges.get("/challenges/<slug>")
def show(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    return page("challenges/show.html", parts=("stage",), **_shown(challenge))


@challenges.get("/challenges/<slug>/edit")
@auth_required("session")
def edit(slug: str) -> ResponseReturnValue:
    challenge = _own_draft(slug)
    return page("challenges/edit.html", challenge=challenge, gaps=gate.gaps(challenge, clock.database_now()))


@challenges.route("/challenges/<slug>/edit/<section>", methods=["GET", "POST"])
@auth_required("session")
def edit_section(slug: str, section: str) -> ResponseReturnValue:
    challenge = _own_draft(slug)
    if section not in SECTIONS:
        raise NotFound(section)
    form = SECTIONS[section](obj=challenge, data=sections.filled_in(section, challenge))
    if form.validate_on_submit():
        if section == "criteria":
            services.set_criteria(challenge, actor=me(), criteria=sections.criteria(form, challenge))
        else:
            services.edit_challenge(challenge, actor=me(), **sections.columns(section, form))
        flash_done(_("The section was saved."))
        return see_other(url("challenges.edit", slug=challenge.slug))
    return page("challenges/edit_section.html", challenge=challenge, section=section, form=form, status=status_of(form))


@challenges.post("/challenges/<slug>/review")
@auth_required("session")
def submit(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    try:
        services.submit_challenge(challenge, actor=me())
    except NotReady as missing:
        db.session.rollback()
        challenge = _own_draft(slug)
        return page("challenges/edit.html", challenge=challenge, gaps=missing.gaps, refused=True, status=422)
    flash_done(_("Sent to the operator for review."))
    return see_other(url("challenges.show", slug=challenge.slug))


@challenges.post("/challenges/<slug>/return")
@auth_required("session")
def send_back(slug: str) -> ResponseReturnValue:
    challenge, form = queries.get_challenge(slug, me()), ReasonsForm()
    require(policy.can_return_challenge, me(), challenge)
    if not form.validate():
        return page("challenges/show.html", status=422, **_shown(challenge, form=form))
    services.return_challenge(challenge, actor=me(), reasons=form.reasons.data)
    flash_done(_("The problem statement was sent back to its authors."))
    return see_other(url("home.work"))


@challenges.post("/challenges/<slug>/publication")
@auth_required("session")
def publish(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    try:
        services.publish_challenge(challenge, actor=me())
    except NotReady as missing:
        db.session.rollback()
        challenge = queries.get_challenge(slug, me())
        return page("challenges/show.html", status=422, **_shown(challenge, gaps=missing.gaps))
    flash_done(_("The challenge is published."))
    return see_other(url("challenges.show", slug=challenge.slug))


@challenges.route("/challenges/<slug>/cancellation", methods=["GET", "POST"])
@auth_required("session")
def cancel(slug: str) -> ResponseReturnValue:
    challenge, form = queries.get_challenge(slug, me()), ReasonsForm()
    require(policy.can_cancel_challenge, me(), challenge)
    if form.validate_on_submit():
        services.cancel_challenge(challenge, actor=me(), reasons=form.reasons.data)
        flash_done(_("The challenge was cancelled."))
        return see_other(url("challenges.show", slug=challenge.slug))
    return page("challenges/cancel.html", challenge=challenge, form=form, status=status_of(form))


def _own_draft(slug: str) -> Challenge:
    challenge = queries.get_challenge(slug, me())
    if not policy.can_edit_challenge(me(), challenge):
        raise Refused("not of this agency")
    return challenge


def _shown(challenge: Challenge, **more: Any) -> dict[str, Any]:
    at = clock.database_now()
    form = ReasonsForm(formdata=None) if challenge.stage == Stage.IN_REVIEW else None
    return {"challenge": challenge, "at": at, "form": form, "person": me(), "gaps": []} | more
