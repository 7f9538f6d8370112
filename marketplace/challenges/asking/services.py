"""Asking in public, answering to all, merging what was asked twice, taking away what does not belong there."""

from datetime import datetime

from sqlalchemy import exists, select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.asking.events import OpenTermsSet, QuestionAnswered, QuestionAsked, QuestionRemoved
from marketplace.challenges.asking.models import Follower, OpenTerms, Question
from marketplace.challenges.asking.policy import (
    can_answer_question,
    can_ask_question,
    can_follow_challenge,
    can_remove_question,
    can_set_open_terms,
)
from marketplace.challenges.asking.queries import follower, next_number, open_terms, questions_end_at, waiting_of
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import Unhappened, WrongStage
from marketplace.events import announce

MOST_WAITING = 10


class TooManyQuestions(Unhappened):
    """The same person has MOST_WAITING questions without an answer."""

    status = 422


class NoSuchQuestion(Unhappened):
    """The question with which this one should be merged has no answer of its own, or is this one."""

    status = 422


def ask_question(challenge: Challenge, *, actor: Person, text: str, language: str) -> Question:
    """Ask; the agency answers to everybody and never learns who asked.

    Raises Refused for the agency's own people, WrongStage when the time for questions is over, TooManyQuestions.
    """
    require(can_ask_question, actor, challenge)
    hold(challenge)
    if not takes_questions(challenge, clock.database_now()):
        raise WrongStage("the time for questions is over")
    if waiting_of(challenge, actor) >= MOST_WAITING:
        raise TooManyQuestions(challenge.reference)
    texts = {f"text_{language}": text}
    question = Question(challenge=challenge, number=next_number(challenge), asker=actor, asked_at=clock.now(), **texts)
    db.session.add(question)
    db.session.flush()
    announce(QuestionAsked(actor=None, subject=question))
    return question


def takes_questions(challenge: Challenge, at: datetime) -> bool:
    """Whether one may ask at this moment: from publication until the questions' own closing time."""
    end = questions_end_at(challenge)
    return challenge.stage == Stage.PUBLISHED and end is not None and at < end


def answer_question(question: Question, *, actor: Person, answers: dict[str, str | None]) -> None:
    """Answer to everybody, or change an answer; `answers` are columns such as answer_vi and the question's text_en.

    Raises Refused for outsiders, WrongStage for a question that was taken away.
    """
    require(can_answer_question, actor, question.challenge)
    _must_stand(question)
    is_first = question.answered_at is None
    for name, text in answers.items():
        setattr(question, name, text)
    question.same_as = None
    _answered(question, actor, {"first": is_first})


def merge_question(question: Question, *, actor: Person, other: Question) -> None:
    """Say that this was asked before: its answer is that of `other`.

    Raises Refused, WrongStage for one that was taken away, NoSuchQuestion unless `other` has an answer of its own.
    """
    require(can_answer_question, actor, question.challenge)
    _must_stand(question)
    if other.id == question.id or other.challenge_id != question.challenge_id:
        raise NoSuchQuestion(str(other.number))
    if not other.answered_at or other.removed_at or other.same_as_id or _has_same(question):
        raise NoSuchQuestion(str(other.number))
    question.same_as, question.answer_vi, question.answer_en = other, None, None
    _answered(question, actor, {"same_as": other.number, "first": True})


def remove_question(question: Question, *, actor: Person, reasons: str) -> None:
    """Take it away, with reasons that its asker reads. Raises Refused unless an operator, WrongStage a second time."""
    require(can_remove_question, actor, question.challenge)
    _must_stand(question)
    if _has_same(question):
        raise WrongStage("other questions lead to its answer")
    question.removed_at, question.removed_because = clock.now(), reasons
    announce(QuestionRemoved(actor=actor, subject=question, facts={"reasons": reasons}))


def follow_challenge(challenge: Challenge, *, actor: Person) -> None:
    """Get a letter whenever an answer or a change is published; a second time changes nothing."""
    require(can_follow_challenge, actor, challenge)
    hold(challenge, shared=True)
    hold(actor)
    if follower(challenge, actor) is None:
        db.session.add(Follower(challenge=challenge, person=actor, since=clock.now()))
        db.session.flush()


def unfollow_challenge(challenge: Challenge, *, actor: Person) -> None:
    """Get no such letters any more; a second time changes nothing."""
    hold(actor)
    found = follower(challenge, actor)
    if found is not None:
        db.session.delete(found)
        db.session.flush()


def set_open_terms(
    challenge: Challenge, *, actor: Person, questions_close_at: datetime | None, shows_numbers: bool
) -> None:
    """Say until when one may ask (None: five days before closing) and whether numbers of applicants are shown.

    Raises Refused unless a manager, WrongStage once it is in review: then it is a promise.
    """
    require(can_set_open_terms, actor, challenge)
    hold(challenge)
    if challenge.stage != Stage.DRAFT:
        raise WrongStage("this was said before opening")
    terms = open_terms(challenge) or OpenTerms(challenge=challenge)
    terms.questions_close_at, terms.shows_numbers = questions_close_at, shows_numbers
    db.session.add(terms)
    db.session.flush()
    facts = {"questions_close_at": questions_close_at, "shows_numbers": shows_numbers}
    announce(OpenTermsSet(actor=actor, subject=challenge, facts=facts))


def _must_stand(question: Question) -> None:
    hold(question)
    if question.removed_at is not None:
        raise WrongStage("this question was taken away")


def _has_same(question: Question) -> bool:
    return bool(db.session.scalar(select(exists().where(Question.same_as_id == question.id))))


def _answered(question: Question, actor: Person, facts: dict[str, object]) -> None:
    question.answered_at, question.answered_by_id = clock.now(), actor.id
    announce(QuestionAnswered(actor=actor, subject=question, facts=facts))
