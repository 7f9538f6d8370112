"""An agency writes: a draft is filled in by sections, looked at, sent for review."""

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges import gate, queries, sections, services
from marketplace.challenges.forms import SECTIONS, ExplanationForm
from marketplace.challenges.models import Challenge
from marketplace.challenges.routes.blueprint import challenges, own_draft, shown
from marketplace.db import db
from marketplace.errors import NotFound, NotReady
from marketplace.fields import several_lines
from marketplace.meanwhile import EditedMeanwhile, differing, edition_of
from marketplace.pages import flash_done, me, page, see_other, status_of, url


@challenges.get("/challenges/<slug>/edit")
@auth_required("session")
def edit(slug: str) -> ResponseReturnValue:
    challenge = own_draft(slug)
    return page("challenges/edit.html", **_tasks(challenge))


def _tasks(challenge: Challenge) -> dict[str, Any]:
    """How far each section is."""
    at = clock.database_now()
    found = gate.gaps(challenge, at)
    excusable = bool(found) and all(gap.severity == gate.Severity.HARD for gap in found)
    return {
        "challenge": challenge,
        "gaps": found,
        "states": gate.progress(challenge, at),
        "score": gate.score(challenge, at),
        "explanation_form": ExplanationForm() if excusable else None,
    }


@challenges.get("/challenges/<slug>/preview")
@auth_required("session")
def preview(slug: str) -> ResponseReturnValue:
    challenge = own_draft(slug)
    return page("challenges/preview.html", **(shown(challenge) | {"person": None}))


@challenges.route("/challenges/<slug>/edit/<section>", methods=["GET", "POST"])
@auth_required("session")
def edit_section(slug: str, section: str) -> ResponseReturnValue:
    challenge = own_draft(slug)
    if section not in SECTIONS:
        raise NotFound(section)
    form = _form(section, challenge)
    if not form.validate_on_submit():
        return _section_page(challenge, section, form, status=status_of(form))
    changes = sections.changes(section, form, challenge)
    try:
        services.edit_challenge(challenge, actor=me(), edition=request.form.get("edition"), **changes)
    except EditedMeanwhile:
        both = differing(form, _form(section, challenge, formdata=None))
        return _section_page(challenge, section, form, status=409, differing=both)
    flash_done(_("The section was saved."))
    return see_other(_next_address(challenge, section))


def _form(section: str, challenge: Challenge, **typed: Any) -> Any:
    """The form with what is stored and what was typed; `formdata=None` leaves out the latter."""
    return SECTIONS[section](obj=challenge, data=sections.filled_in(section, challenge), **typed)


def _section_page(challenge: Challenge, section: str, form: Any, **context: Any) -> Response:
    """A refused form keeps the edition it was opened with; beside both texts stands that of theirs, to replace it."""
    stored = sections.stored(challenge, sections.columns_of(section, form))
    kept = None if "differing" in context else request.form.get("edition")
    context |= {"advice": [gap for gap in gate.misses(challenge, clock.database_now()) if gap.section == section]}
    context |= {"edition": kept or edition_of(stored)}
    return page("challenges/edit_section.html", challenge=challenge, section=section, form=form, **context)


def _next_address(challenge: Challenge, section: str) -> str:
    """Where the pressed button leads: the list, the next section, or the same one with more empty lines."""
    names = [*SECTIONS, None]
    following = names[names.index(section) + 1] if "next" in request.form else None
    onward = section if "more" in request.form else following
    if onward is None:
        return url("challenges.edit", slug=challenge.slug)
    return url("challenges.edit_section", slug=challenge.slug, section=onward)


@challenges.post("/challenges/<slug>/review")
@auth_required("session")
def submit(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    explanation = several_lines(request.form.get("explanation", "")[:3000])
    try:
        services.submit_challenge(challenge, actor=me(), explanation=explanation)
    except NotReady as missing:
        db.session.rollback()
        challenge = own_draft(slug)
        return page("challenges/edit.html", status=422, **_tasks(challenge), refused=missing.gaps)
    flash_done(_("Sent to the operator for review."))
    return see_other(url("challenges.show", slug=challenge.slug))
