"""Addresses where a change of a published entry form is prepared; the pages are those of a draft's form."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.authority import require
from marketplace.challenges.amending import entry_form as deeds
from marketplace.challenges.amending.policy import can_prepare_amendment
from marketplace.challenges.entry_form import plain
from marketplace.challenges.entry_form.forms import QuestionForm, SectionForm, shown
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.services import Depended
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.pages import flash_done, me, page, see_other, status_of, url
from marketplace.text import random_reference

form_amending = Blueprint("form_amending", __name__)
_BY = {"up": -1, "down": 1}


def _own(slug: str) -> Challenge:
    challenge = get_challenge(slug, me())
    if not challenge.is_public:
        raise NotFound(slug)
    require(can_prepare_amendment, me(), challenge)
    return challenge


def _sections(challenge: Challenge) -> list[FormSection]:
    return plain.sections_from(deeds.form_as_prepared(challenge))


def _found(sections: list[FormSection], reference: str) -> Any:
    """The section or question of this reference; raises NotFound."""
    things: list[Any] = [*sections, *(question for section in sections for question in section.questions)]
    for thing in things:
        if thing.reference == reference:
            return thing
    raise NotFound(reference)


@form_amending.get("/challenges/<slug>/amendment/form")
@auth_required("session")
def edit(slug: str) -> ResponseReturnValue:
    return _edit_page(_own(slug))


def _edit_page(challenge: Challenge, *, status: int = 200, **context: Any) -> Response:
    asked_now, sections = _asked_now(challenge), _sections(challenge)
    kept = {question.reference for section in sections for question in section.questions}
    lists: dict[str, Any] = {
        "is_changed": deeds.form_as_prepared(challenge) != deeds.form_as_it_stands(challenge),
        "asked_now": asked_now,
        "taken_off": [each for name, each in asked_now.items() if name not in kept],
    }
    forms: dict[str, Any] = {"section_form": SectionForm(formdata=None)} | context
    return page(
        "entry_form/edit.html",
        status=status,
        desk="form_amending",
        challenge=challenge,
        sections=sections,
        **lists,
        **forms,
    )


def _step(challenge: Challenge, step: Callable[[plain.Form], plain.Form]) -> Response:
    """Take the step and show the form again; where a condition hangs on it, say so instead."""
    try:
        deeds.amend_form(challenge, actor=me(), step=step)
    except Depended:
        db.session.rollback()
        return _edit_page(_own(challenge.slug), status=422, is_depended=True)
    return _kept(challenge.slug)


def _kept(slug: str) -> Response:
    flash_done(_("Kept for the amendment. Nothing is published yet."))
    return see_other(url("form_amending.edit", slug=slug))


@form_amending.post("/challenges/<slug>/amendment/form/sections")
@auth_required("session")
def add_section(slug: str) -> ResponseReturnValue:
    challenge, form = _own(slug), SectionForm()
    if not form.validate():
        return _edit_page(challenge, status=422, section_form=form)
    return _step(challenge, lambda before: plain.with_section(before, random_reference("PH"), _titles(form)))


def _titles(form: SectionForm) -> dict[str, Any]:
    return {"title_vi": form.title_vi.data, "title_en": form.title_en.data}


@form_amending.route("/challenges/<slug>/amendment/form/sections/<section_reference>", methods=["GET", "POST"])
@auth_required("session")
def rename_section(slug: str, section_reference: str) -> ResponseReturnValue:
    challenge = _own(slug)
    form = SectionForm(obj=_found(_sections(challenge), section_reference))
    if form.validate_on_submit():
        return _step(challenge, lambda before: plain.with_section(before, section_reference, _titles(form)))
    return _form_page("entry_form/section.html", challenge, form)


def _form_page(template: str, challenge: Challenge, form: Any, **context: Any) -> Response:
    context = {"status": status_of(form)} | context
    return page(template, desk="form_amending", challenge=challenge, form=form, **context)


@form_amending.post("/challenges/<slug>/amendment/form/sections/<section_reference>/place")
@auth_required("session")
def move_section(slug: str, section_reference: str) -> ResponseReturnValue:
    return _move(slug, section_reference)


def _move(slug: str, reference: str) -> Response:
    challenge, by = _own(slug), _BY.get(request.form.get("direction", ""), 0)
    _found(_sections(challenge), reference)
    return _step(challenge, lambda before: plain.moved(before, reference, by))


@form_amending.post("/challenges/<slug>/amendment/form/sections/<section_reference>/removal")
@auth_required("session")
def remove_section(slug: str, section_reference: str) -> ResponseReturnValue:
    return _remove(slug, section_reference)


def _remove(slug: str, reference: str) -> Response:
    challenge = _own(slug)
    _found(_sections(challenge), reference)
    return _step(challenge, lambda before: plain.without(before, reference))


@form_amending.route("/challenges/<slug>/amendment/form/questions/new", methods=["GET", "POST"])
@auth_required("session")
def new(slug: str) -> ResponseReturnValue:
    return _question_page(_own(slug), None)


@form_amending.route("/challenges/<slug>/amendment/form/questions/<question_reference>", methods=["GET", "POST"])
@auth_required("session")
def change(slug: str, question_reference: str) -> ResponseReturnValue:
    return _question_page(_own(slug), question_reference)


def _question_page(challenge: Challenge, reference: str | None) -> Response:
    sections = _sections(challenge)
    if not sections:
        return see_other(url("form_amending.edit", slug=challenge.slug))
    question: FormQuestion | None = _found(sections, reference) if reference else None
    form = QuestionForm(data=shown(question)) if question else QuestionForm(section=request.args.get("section", ""))
    form.offer(sections, question)
    if question is not None and question.reference in _asked_now(challenge):
        form.keep_kind(question)
    if not form.validate_on_submit():
        return _form_page("entry_form/question.html", challenge, form, question=question)
    columns = form.columns(sections, question)
    kept = {"reference": reference or random_reference("MH")} | plain.columns_of(columns, sections)
    section = columns["section"].reference
    try:
        deeds.amend_form(challenge, actor=me(), step=lambda before: plain.with_question(before, section, kept))
    except Depended:
        db.session.rollback()
        form.asked_if.errors = [_("A question can depend only on an answer that is asked for before it.")]
        return _form_page("entry_form/question.html", _own(challenge.slug), form, question=question, status=422)
    return _kept(challenge.slug)


def _asked_now(challenge: Challenge) -> dict[str, FormQuestion]:
    """The published questions by reference."""
    sections = plain.sections_from(deeds.form_as_it_stands(challenge))
    return {question.reference: question for section in sections for question in section.questions}


@form_amending.post("/challenges/<slug>/amendment/form/questions/<question_reference>/place")
@auth_required("session")
def move(slug: str, question_reference: str) -> ResponseReturnValue:
    return _move(slug, question_reference)


@form_amending.post("/challenges/<slug>/amendment/form/questions/<question_reference>/removal")
@auth_required("session")
def remove(slug: str, question_reference: str) -> ResponseReturnValue:
    return _remove(slug, question_reference)


@form_amending.post("/challenges/<slug>/amendment/form/original")
@auth_required("session")
def restore(slug: str) -> ResponseReturnValue:
    """Everything that was prepared of the form is given up."""
    challenge = _own(slug)
    return _step(challenge, lambda _before: deeds.form_as_it_stands(challenge))
