"""Addresses of entry forms: what a challenge asks, and how its agency changes that."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import auth_required

from marketplace.authority import require
from marketplace.challenges.entry_form import queries, services
from marketplace.challenges.entry_form.forms import CopyForm, QuestionForm, SectionForm, shown
from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.challenges.entry_form.policy import ENVELOPE_OPENS, can_open_envelope, questions_locked
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_edit_challenge, can_run_challenge
from marketplace.challenges.queries import get_challenge
from marketplace.db import db
from marketplace.errors import WrongStage
from marketplace.pages import fills, flash_done, me, page, plain, see_other, status_of, url

entry_form = Blueprint("entry_form", __name__)
_BY = {"up": -1, "down": 1}
# whose addresses the pages use; an amendment shows the same pages with its own
DESK = "entry_form"


@entry_form.get("/challenges/<slug>/form")
def show(slug: str) -> ResponseReturnValue:
    """What an entrant will be asked, for everyone who sees the challenge."""
    challenge = get_challenge(slug, me())
    return page("entry_form/show.html", challenge=challenge, sections=queries.sections_of(challenge))


@entry_form.get("/challenges/<slug>/form/edit")
@auth_required("session")
def edit(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    require(can_edit_challenge, me(), challenge)
    return see_other(url("entry_form.show", slug=slug)) if questions_locked(challenge) else _edit_page(challenge)


def _own(slug: str) -> Challenge:
    """A challenge of the reader's agency; Refused for others who see it, WrongStage once its questions are locked."""
    challenge = get_challenge(slug, me())
    require(can_edit_challenge, me(), challenge)
    if questions_locked(challenge):
        raise WrongStage("the questions of this challenge are locked")
    return challenge


def _edit_page(challenge: Challenge, *, status: int = 200, **context: Any) -> Response:
    forms: dict[str, Any] = {"section_form": SectionForm(formdata=None), "copy_form": _copy_form(challenge)}
    return page(
        "entry_form/edit.html",
        status=status,
        desk=DESK,
        challenge=challenge,
        sections=queries.sections_of(challenge),
        **(forms | context),
    )


def _copy_form(challenge: Challenge, **options: Any) -> CopyForm:
    form = CopyForm(**({"formdata": None} | options))
    form.source.choices = [(each.slug, plain(each, "title")) for each in queries.with_questions(challenge, me())]
    return form


@entry_form.post("/challenges/<slug>/form/sections")
@auth_required("session")
def add_section(slug: str) -> ResponseReturnValue:
    challenge, form = _own(slug), SectionForm()
    if not form.validate():
        return _edit_page(challenge, status=422, section_form=form)
    services.add_section(challenge, actor=me(), title_vi=form.title_vi.data, title_en=form.title_en.data)
    flash_done(_("The section was added."))
    return _back(slug)


def _back(slug: str) -> Response:
    return see_other(url("entry_form.edit", slug=slug))


@entry_form.route("/challenges/<slug>/form/sections/<section_reference>", methods=["GET", "POST"])
@auth_required("session")
def rename_section(slug: str, section_reference: str) -> ResponseReturnValue:
    section = queries.get_section(_own(slug), section_reference)
    form = SectionForm(obj=section)
    if form.validate_on_submit():
        services.rename_section(section, actor=me(), title_vi=form.title_vi.data, title_en=form.title_en.data)
        flash_done(_("The section was saved."))
        return _back(slug)
    context: dict[str, Any] = {"challenge": section.challenge, "form": form, "desk": DESK}
    return page("entry_form/section.html", status=status_of(form), **context)


@entry_form.post("/challenges/<slug>/form/sections/<section_reference>/place")
@auth_required("session")
def move_section(slug: str, section_reference: str) -> ResponseReturnValue:
    section = queries.get_section(_own(slug), section_reference)
    return _unless_depended(slug, lambda: services.move_section(section, actor=me(), by=_by()))


@entry_form.post("/challenges/<slug>/form/sections/<section_reference>/removal")
@auth_required("session")
def remove_section(slug: str, section_reference: str) -> ResponseReturnValue:
    section = queries.get_section(_own(slug), section_reference)
    return _unless_depended(slug, lambda: services.remove_section(section, actor=me()))


def _by() -> int:
    return _BY.get(request.form.get("direction", ""), 0)


def _unless_depended(slug: str, deed: Callable[[], None]) -> Response:
    """Do it and show the form again; where a condition hangs on it, say so instead."""
    try:
        deed()
    except services.Depended:
        db.session.rollback()
        return _edit_page(_own(slug), status=422, is_depended=True)
    flash_done(_("The entry form was changed."))
    return _back(slug)


@entry_form.route("/challenges/<slug>/form/questions/new", methods=["GET", "POST"])
@auth_required("session")
def new(slug: str) -> ResponseReturnValue:
    challenge = _own(slug)
    return _question_page(challenge, None, QuestionForm(section=request.args.get("section", "")))


@entry_form.route("/challenges/<slug>/form/questions/<question_reference>", methods=["GET", "POST"])
@auth_required("session")
def change(slug: str, question_reference: str) -> ResponseReturnValue:
    challenge = _own(slug)
    question = queries.get_question(challenge, question_reference)
    return _question_page(challenge, question, QuestionForm(data=shown(question)))


def _question_page(challenge: Challenge, question: FormQuestion | None, form: QuestionForm) -> Response:
    sections = queries.sections_of(challenge)
    if not sections:
        return _back(challenge.slug)
    form.offer(sections, question)
    if form.validate_on_submit():
        columns = form.columns(sections, question)
        try:
            _keep(question, columns)
        except services.Depended:
            db.session.rollback()
            return _refused(challenge.slug, question, form)
        flash_done(_("The question was saved."))
        return _back(challenge.slug)
    context: dict[str, Any] = {"challenge": challenge, "question": question, "form": form, "desk": DESK}
    return page("entry_form/question.html", status=status_of(form), **context)


def _keep(question: FormQuestion | None, columns: dict[str, Any]) -> None:
    if question is None:
        services.add_question(columns.pop("section"), actor=me(), **columns)
    else:
        services.change_question(question, actor=me(), **columns)


def _refused(slug: str, question: FormQuestion | None, form: QuestionForm) -> Response:
    """The form again: what was typed would leave a condition that nobody can meet."""
    form.asked_if.errors = [_("A question can depend only on an answer that is asked for before it.")]
    context: dict[str, Any] = {"challenge": _own(slug), "question": question, "form": form, "desk": DESK}
    return page("entry_form/question.html", status=422, **context)


@entry_form.post("/challenges/<slug>/form/questions/<question_reference>/place")
@auth_required("session")
def move(slug: str, question_reference: str) -> ResponseReturnValue:
    question = queries.get_question(_own(slug), question_reference)
    return _unless_depended(slug, lambda: services.move_question(question, actor=me(), by=_by()))


@entry_form.post("/challenges/<slug>/form/questions/<question_reference>/removal")
@auth_required("session")
def remove(slug: str, question_reference: str) -> ResponseReturnValue:
    question = queries.get_question(_own(slug), question_reference)
    return _unless_depended(slug, lambda: services.remove_question(question, actor=me()))


@entry_form.post("/challenges/<slug>/form/derivation")
@auth_required("session")
def derive(slug: str) -> ResponseReturnValue:
    count = services.derive_questions(_own(slug), actor=me())
    flash_done(ngettext("%(num)d question was added.", "%(num)d questions were added.", count))
    return _back(slug)


@entry_form.post("/challenges/<slug>/form/copies")
@auth_required("session")
def copy(slug: str) -> ResponseReturnValue:
    challenge = _own(slug)
    form = _copy_form(challenge, formdata=request.form)
    if not form.validate():
        return _edit_page(challenge, status=422, copy_form=form)
    count = services.copy_questions(challenge, actor=me(), source=get_challenge(form.source.data, me()))
    flash_done(ngettext("%(num)d question was added.", "%(num)d questions were added.", count))
    return _back(slug)


@entry_form.post("/challenges/<slug>/envelope")
@auth_required("session")
def open_envelope(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    services.open_envelope(challenge, actor=me())
    flash_done(_("The second envelope is open: the agency and the judges can read the sealed answers."))
    return see_other(url("challenges.show", slug=slug))


@fills("challenge.authoring")
def challenge_sections(challenge: Challenge) -> str:
    """A line of the task list in which an agency writes its challenge."""
    return render_template("entry_form/_task.html", challenge=challenge, count=queries.question_count(challenge))


@fills("challenge.preview")
def challenge_preview(challenge: Challenge) -> str:
    """All questions, where a draft is shown as the public will see it."""
    sections = queries.sections_of(challenge)
    return render_template("entry_form/_preview.html", sections=sections)


@fills("challenge.below")
def challenge_below(challenge: Challenge, *_rest: Any) -> str | None:
    """What will be asked, for everyone; the second envelope, for the agency."""
    count, person = queries.question_count(challenge), me()
    if not count:
        return None
    runs = can_run_challenge(person, challenge) and challenge.stage in ENVELOPE_OPENS
    return render_template(
        "entry_form/_below.html",
        challenge=challenge,
        count=count,
        seals=runs and queries.seals_answers(challenge),
        opening=queries.envelope_of(challenge) if runs else None,
        may_open=can_open_envelope(person, challenge),
    )
