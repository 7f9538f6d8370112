"""An agency writes: a draft is begun, filled in by sections, sent for review."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges import gate, queries, sections, services
from marketplace.challenges.forms import SECTIONS, StartForm
from marketplace.challenges.routes.blueprint import challenges, own_draft
from marketplace.db import db
from marketplace.errors import NotFound, NotReady, Refused
from marketplace.organisations.queries import agencies_of
from marketplace.pages import flash_done, me, page, plain, see_other, status_of, url


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


@challenges.get("/challenges/<slug>/edit")
@auth_required("session")
def edit(slug: str) -> ResponseReturnValue:
    challenge = own_draft(slug)
    return page("challenges/edit.html", challenge=challenge, gaps=gate.gaps(challenge, clock.database_now()))


@challenges.route("/challenges/<slug>/edit/<section>", methods=["GET", "POST"])
@auth_required("session")
def edit_section(slug: str, section: str) -> ResponseReturnValue:
    challenge = own_draft(slug)
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
        challenge = own_draft(slug)
        return page("challenges/edit.html", challenge=challenge, gaps=missing.gaps, refused=True, status=422)
    flash_done(_("Sent to the operator for review."))
    return see_other(url("challenges.show", slug=challenge.slug))
