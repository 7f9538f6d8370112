"""Answering a challenge's own questions, section by section."""

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock, meanwhile
from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.db import token
from marketplace.errors import NotFound, WrongStage
from marketplace.meanwhile import EditedMeanwhile
from marketplace.pages import asks_for, flash_done, me, page, see_other, status_of, url
from marketplace.solutions import services
from marketplace.solutions.answer_form import AnswersForm, answers_form, typed_values
from marketplace.solutions.answers import asked_of, values_of
from marketplace.solutions.models import Solution, Writing
from marketplace.solutions.moments import time_of_day
from marketplace.solutions.next_steps import is_editable
from marketplace.solutions.queries import writers
from marketplace.solutions.routes.blueprint import solutions, writable_solution


@solutions.route("/solutions/<reference>/answers/<section_reference>", methods=["GET", "POST"])
@auth_required("session")
def answer(reference: str, section_reference: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    questions = _asked_in(solution, section_reference)
    form = _form(solution, questions)
    if not form.is_submitted() and not is_editable(solution, clock.database_now()):
        return see_other(url("solutions.show", reference=reference))
    if not form.validate_on_submit():
        return _answers_page(solution, questions, form, status=status_of(form))
    try:
        _save(solution, questions, form)
    except EditedMeanwhile:
        return _answers_page(solution, questions, form, status=409, differing=_differing(solution, questions, form))
    except WrongStage:
        return _answers_page(solution, questions, form, status=409, is_over=True)
    return _saved(solution, section_reference, questions)


@solutions.post("/solutions/<reference>/answers/<section_reference>/autosave")
@auth_required("session")
def autosave_answers(reference: str, section_reference: str) -> ResponseReturnValue:
    """What static/drafting.js sends; answers the part that says whether it was saved."""
    solution = writable_solution(reference)
    questions = _asked_in(solution, section_reference)
    form = _form(solution, questions)
    if not form.validate():
        return _said(solution, questions, form, status=422)
    try:
        colleague = _save(solution, questions, form, by_itself=True)
    except EditedMeanwhile:
        return _said(solution, questions, form, status=409, differing=_differing(solution, questions, form))
    except WrongStage:
        return _said(solution, questions, form, status=409, is_over=True)
    return _said(solution, questions, form, colleague=colleague)


def _said(solution: Solution, questions: list[FormQuestion], form: AnswersForm, **context: Any) -> Response:
    if "colleague" not in context:
        context["colleague"] = _colleague(solution, questions)
    edition = services.answers_edition(solution, [question.id for question in questions])
    context |= {"edition": edition, "swaps_missing": True}
    return page("solutions/_saved.html", solution=solution, form=form, **context)


def _colleague(solution: Solution, questions: list[FormQuestion]) -> Writing | None:
    return writers.last_writing(solution, questions[0].section.reference, but=me())


def _save(
    solution: Solution, questions: list[FormQuestion], form: AnswersForm, *, by_itself: bool = False
) -> Writing | None:
    """Save what was typed; answers who else wrote there last, raises what services.save_answers raises."""
    pen = services.Pen(questions[0].section.reference, form.form_key.data or "", form.turn.data, by_itself)
    return services.save_answers(
        solution,
        actor=me(),
        values=typed_values(form, questions),
        edition=form.edition.data or None,
        pen=pen if pen.form_key else None,
    )


def _asked_in(solution: Solution, section_reference: str) -> list[FormQuestion]:
    """The questions of a section that are asked, given the answers so far; NotFound where there is none."""
    questions = [each for each in asked_of(solution) if each.section.reference == section_reference]
    if not questions:
        raise NotFound(section_reference)
    return questions


def _form(solution: Solution, questions: list[FormQuestion], **typed: Any) -> AnswersForm:
    edition = services.answers_edition(solution, [question.id for question in questions])
    marks = {"edition": edition, "form_key": token()[:20], "turn": 0}
    return answers_form(questions, values=values_of(solution), marks=marks, attachments=solution.attachments, **typed)


def _answers_page(solution: Solution, questions: list[FormQuestion], form: AnswersForm, **context: Any) -> Response:
    return page(
        "solutions/answers.html",
        parts=("asked",),
        solution=solution,
        questions=questions,
        deciding={question.asked_if.reference for question in solution.asked if question.asked_if},
        form=form,
        edition=form.edition.data,
        colleague=_colleague(solution, questions),
        key=f"{me().reference}/{solution.reference}/{questions[0].section.reference}",
        at=clock.database_now(),
        **context,
    )


def _differing(solution: Solution, questions: list[FormQuestion], form: AnswersForm) -> list[meanwhile.Both]:
    """Each field with what somebody else saved there; sending the form again replaces theirs, knowingly."""
    form.edition.data = services.answers_edition(solution, [question.id for question in questions])
    return meanwhile.differing(form, _form(solution, questions, formdata=None))


def _saved(solution: Solution, section_reference: str, before: list[FormQuestion]) -> Response:
    """Back to the task list; to the same section where the answers opened further questions in it."""
    here = url("solutions.answer", reference=solution.reference, section_reference=section_reference)
    if asks_for("asked"):
        return see_other(here)
    flash_done(_("Saved at %(time)s.", time=time_of_day(solution.saved_at)))
    if "stay" in request.form:
        return see_other(here)
    now = [each for each in asked_of(solution) if each.section.reference == section_reference]
    if set(now) - set(before):
        flash_done(_("What you answered opens further questions below."))
        return see_other(here)
    return see_other(url("solutions.show", reference=solution.reference))
