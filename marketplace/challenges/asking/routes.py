"""Addresses of questions and answers, of following, and what they show on other pages."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.asking import queries, services
from marketplace.challenges.asking.forms import AnswerForm, MergeForm, OpenTermsForm, QuestionForm
from marketplace.challenges.asking.models import Question
from marketplace.challenges.asking.policy import (
    can_answer_question,
    can_ask_question,
    can_follow_challenge,
    can_remove_question,
    can_set_open_terms,
)
from marketplace.challenges.forms import ReasonsForm
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.errors import NotFound, WrongStage
from marketplace.formats import language_now
from marketplace.pages import fills, flash_done, listed, me, page, see_other, status_of, url

questions = Blueprint("questions", __name__)
PAGE_SIZE = 30


@questions.get("/challenges/<slug>/questions")
def index(slug: str) -> ResponseReturnValue:
    return _index_page(_public(slug), QuestionForm(formdata=None))


@questions.post("/challenges/<slug>/questions")
@auth_required("session")
def ask(slug: str) -> ResponseReturnValue:
    challenge, form = _public(slug), QuestionForm()
    require(can_ask_question, me(), challenge)
    if not form.validate():
        return _index_page(challenge, form, status=422)
    try:
        services.ask_question(challenge, actor=me(), text=form.text.data, language=language_now())
    except services.TooManyQuestions:
        return _refused(challenge, form, _("Wait until some of your questions are answered."), 422)
    except WrongStage:
        return _refused(challenge, form, _("The time for questions is over."), 409)
    flash_done(_("Your question was sent. The agency does not learn who asked."))
    return see_other(url("questions.index", slug=slug))


def _refused(challenge: Challenge, form: QuestionForm, message: str, status: int) -> Response:
    form.text.errors = [message]
    return _index_page(challenge, form, status=status)


def _public(slug: str) -> Challenge:
    challenge = get_challenge(slug, me())
    if not challenge.is_public:
        raise NotFound(slug)
    return challenge


def _index_page(challenge: Challenge, form: QuestionForm, status: int = 200) -> Response:
    at = clock.database_now()
    found = queries.questions_visible_to(me(), challenge)
    return page(
        "challenges/questions.html",
        status=status,
        challenge=challenge,
        form=form,
        at=at,
        listing=listed(found, size=PAGE_SIZE),
        waiting=queries.waiting_count(challenge),
        ends_at=queries.questions_end_at(challenge),
        takes_questions=services.takes_questions(challenge, at),
        may_ask=me() is None or can_ask_question(me(), challenge),
        handles=_handles(challenge),
        is_mine=lambda question: me() is not None and question.asker_id == me().id,
    )


def _handles(challenge: Challenge) -> bool:
    return can_answer_question(me(), challenge) or can_remove_question(me(), challenge)


@questions.get("/challenges/<slug>/questions/<int:number>")
@auth_required("session")
def show(slug: str, number: int) -> ResponseReturnValue:
    return _question_page(_handled(slug, number))


def _handled(slug: str, number: int) -> Question:
    challenge = _public(slug)
    question = queries.get_question(challenge, number, me())
    if not _handles(challenge):
        raise NotFound(slug)
    return question


def _question_page(question: Question, status: int = 200, **forms: Any) -> Response:
    other = "text_en" if question.text_vi else "text_vi"
    translated = getattr(question, other) if question.text_vi and question.text_en else None
    known = {"translation": translated, "answer_vi": question.answer_vi, "answer_en": question.answer_en}
    context: dict[str, Any] = {
        "answer_form": AnswerForm(formdata=None, data=known),
        "merge_form": MergeForm(formdata=None),
        "reasons_form": ReasonsForm(formdata=None, prefix=""),
    } | forms
    context["merge_form"].offer(queries.answered_beside(question))
    return page(
        "challenges/question.html",
        status=status,
        question=question,
        challenge=question.challenge,
        answers=can_answer_question(me(), question.challenge),
        removes=can_remove_question(me(), question.challenge),
        refused=next(iter(forms.values()), None),
        **context,
    )


@questions.post("/challenges/<slug>/questions/<int:number>/answer")
@auth_required("session")
def answer(slug: str, number: int) -> ResponseReturnValue:
    question, form = _handled(slug, number), AnswerForm()
    require(can_answer_question, me(), question.challenge)
    if not form.validate():
        return _question_page(question, status=422, answer_form=form)
    answers = {"answer_vi": form.answer_vi.data, "answer_en": form.answer_en.data}
    # the language in which it was asked stays as it was typed
    answers["text_en" if question.text_vi else "text_vi"] = form.translation.data
    services.answer_question(question, actor=me(), answers=answers)
    flash_done(_("The answer to question %(number)d is published.", number=number))
    return see_other(url("questions.index", slug=slug))


@questions.post("/challenges/<slug>/questions/<int:number>/merger")
@auth_required("session")
def merge(slug: str, number: int) -> ResponseReturnValue:
    question, form = _handled(slug, number), MergeForm()
    require(can_answer_question, me(), question.challenge)
    if not form.validate():
        return _question_page(question, status=422, merge_form=form)
    try:
        other = queries.get_question(question.challenge, form.number.data, me())
        services.merge_question(question, actor=me(), other=other)
    except (NotFound, services.NoSuchQuestion):
        form.number.errors = [_("Choose another question that has an answer of its own.")]
        return _question_page(question, status=422, merge_form=form)
    flash_done(_("Question %(number)d leads to the answer to question %(other)d.", number=number, other=other.number))
    return see_other(url("questions.index", slug=slug))


@questions.post("/challenges/<slug>/questions/<int:number>/removal")
@auth_required("session")
def remove(slug: str, number: int) -> ResponseReturnValue:
    question, form = _handled(slug, number), ReasonsForm()
    require(can_remove_question, me(), question.challenge)
    if not form.validate():
        return _question_page(question, status=422, reasons_form=form)
    services.remove_question(question, actor=me(), reasons=form.reasons.data)
    flash_done(_("Question %(number)d was taken away.", number=number))
    return see_other(url("questions.index", slug=slug))


@questions.post("/challenges/<slug>/following")
@auth_required("session")
def follow(slug: str) -> ResponseReturnValue:
    services.follow_challenge(_public(slug), actor=me())
    flash_done(_("You get a letter whenever an answer or a change is published."))
    return see_other(url("challenges.show", slug=slug))


@questions.post("/challenges/<slug>/following/end")
@auth_required("session")
def unfollow(slug: str) -> ResponseReturnValue:
    services.unfollow_challenge(_public(slug), actor=me())
    flash_done(_("You do not follow this challenge any more."))
    return see_other(url("challenges.show", slug=slug))


@questions.route("/challenges/<slug>/open-terms", methods=["GET", "POST"])
@auth_required("session")
def open_terms(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    require(can_set_open_terms, me(), challenge)
    form = OpenTermsForm(obj=queries.open_terms(challenge))
    if form.validate_on_submit():
        services.set_open_terms(
            challenge,
            actor=me(),
            questions_close_at=form.questions_close_at.utc,
            shows_numbers=form.shows_numbers.data,
        )
        flash_done(_("The section was saved."))
        return see_other(url("challenges.edit", slug=slug))
    return page("challenges/open_terms.html", challenge=challenge, form=form, status=status_of(form))


@fills("challenge.authoring")
def open_terms_link(challenge: Challenge) -> str | None:
    """The way to what is promised about the time while it is open."""
    if not can_set_open_terms(me(), challenge):
        return None
    return render_template(
        "challenges/_open_terms.html", challenge=challenge, ends_at=queries.questions_end_at(challenge)
    )


@fills("challenge.aside")
def following(challenge: Challenge) -> str | None:
    """The button to follow."""
    if not can_follow_challenge(me(), challenge) or challenge.stage == Stage.HISTORY:
        return None
    found = queries.follower(challenge, me())
    return render_template("challenges/_following.html", challenge=challenge, follower=found)


@fills("challenge.below")
def questions_below(challenge: Challenge, at: datetime) -> str | None:
    """How many questions there are, until when one may ask, and the way there."""
    if not challenge.is_public or challenge.stage == Stage.HISTORY:
        return None
    return render_template(
        "challenges/_questions.html",
        challenge=challenge,
        answered=queries.answered_count(challenge),
        waiting=queries.waiting_count(challenge),
        ends_at=queries.questions_end_at(challenge),
        takes_questions=services.takes_questions(challenge, at),
    )


@fills("work.waiting")
def questions_waiting(person: Person, _at: datetime) -> str | None:
    """What the agency has to answer, and what one follows."""
    rows, followed = queries.to_answer(person), queries.followed_by(person)
    if not rows and not followed:
        return None
    return render_template("challenges/_work.html", rows=rows, followed=followed)
