"""Questions of an entry form: add, change, move, remove."""

from typing import Any

from marketplace.accounts.models import Person
from marketplace.challenges.entry_form.applying import stands_after
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.queries import questions_of
from marketplace.challenges.entry_form.services.locking import hold_form, next_position, tell
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import Unhappened


class Depended(Unhappened):
    """A condition would name a question or an answer that is no more, or that stands after it."""

    status = 422


def add_question(section: FormSection, *, actor: Person, **columns: Any) -> FormQuestion:
    """A new question at the end of the section.

    Raises Refused, WrongStage once the questions are locked, Depended if its condition names no answer asked before.
    """
    challenge = section.challenge
    before = hold_form(challenge, actor)
    question = new_question(section, position=next_position(section.questions), **columns)
    _must_be_sound(challenge)
    tell(challenge, actor, before, question_added=question.reference, kind=question.kind)
    return question


def new_question(section: FormSection, **columns: Any) -> FormQuestion:
    """A row for a question of a form that is held."""
    question = FormQuestion(section=section, **columns)
    db.session.add(question)
    db.session.flush()
    return question


def change_question(question: FormQuestion, *, actor: Person, **columns: Any) -> None:
    """Change its columns; in another section it becomes the last. Raises as `add_question` does."""
    challenge = question.section.challenge
    before = hold_form(challenge, actor)
    section = columns.get("section", question.section)
    if section is not question.section:
        columns["position"] = next_position(section.questions)
    for name, value in columns.items():
        setattr(question, name, value)
    _must_be_sound(challenge)
    tell(challenge, actor, before, question_changed=question.reference)


def move_question(question: FormQuestion, *, actor: Person, by: int) -> None:
    """Move it `by` places within its section; at an end it stays. Raises Depended as `add_question` does."""
    challenge = question.section.challenge
    before = hold_form(challenge, actor)
    others = [each for each in question.section.questions if each is not question]
    place = max(0, min(len(others), question.section.questions.index(question) + by))
    for position, each in enumerate([*others[:place], question, *others[place:]], start=1):
        each.position = position
    _must_be_sound(challenge)
    tell(challenge, actor, before, question_moved=question.reference, by=by)


def remove_question(question: FormQuestion, *, actor: Person) -> None:
    """Take it off. Raises Depended if another question is asked only because of it."""
    section = question.section
    before = hold_form(section.challenge, actor)
    if any(each.asked_if_id == question.id for each in questions_of(section.challenge)):
        raise Depended(question.reference)
    reference = question.reference
    section.questions.remove(question)
    tell(section.challenge, actor, before, question_removed=reference)


def _must_be_sound(challenge: Challenge) -> None:
    """Every condition names an answer that a question before it offers."""
    db.session.flush()
    db.session.expire_all()
    questions = questions_of(challenge)
    offered = {question.id: question.choices for question in questions}
    conditions = [(each.asked_if_id, each.asked_if_value) for each in questions if each.asked_if_id is not None]
    if not stands_after(questions) or any(value not in offered.get(id_, ()) for id_, value in conditions):
        raise Depended(challenge.reference)
