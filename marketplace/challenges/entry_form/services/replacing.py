"""A published entry form becomes another one: rows are changed or added, none is ever deleted."""

from typing import Any

from marketplace import clock
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.plain import QUESTION, TITLES, Form
from marketplace.challenges.entry_form.queries import sections_of
from marketplace.challenges.entry_form.stages import Audience, Kind
from marketplace.challenges.models import Challenge
from marketplace.db import db


def replace_form(challenge: Challenge, form: Form) -> None:
    """Make the form of a held challenge read so; what it names no more is retired, so that answers keep their question.

    Called by the amendment that says so: who may do it was asked there.
    """
    sections = {section.reference: section for section in sections_of(challenge)}
    questions = {each.reference: each for section in sections.values() for each in section.questions}
    for position, line in enumerate(form, start=1):
        section = sections.pop(line["reference"], None) or FormSection(
            reference=line["reference"], challenge_id=challenge.id
        )
        _set(section, {name: line[name] for name in TITLES} | {"position": position})
        _put_questions(section, line["questions"], questions)
    named = {asked["reference"] for line in form for asked in line["questions"]}
    gone: list[Any] = [*sections.values(), *(each for name, each in questions.items() if name not in named)]
    for thing in gone:
        thing.retired_at = clock.now()
    db.session.flush()
    _tie(form, questions)
    # lists of sections and of what entries are asked were read before
    db.session.expire_all()


def _put_questions(section: FormSection, lines: list[dict[str, Any]], questions: dict[str, FormQuestion]) -> None:
    for position, asked in enumerate(lines, start=1):
        question = questions.get(asked["reference"]) or FormQuestion(reference=asked["reference"])
        questions[question.reference] = question
        columns = {name: asked[name] for name in QUESTION if name != "asked_if_value"}
        columns |= {"kind": Kind(asked["kind"]), "audience": Audience(asked["audience"])}
        _set(question, columns | {"position": position, "section": section})


def _set(row: Any, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    db.session.add(row)


def _tie(form: Form, questions: dict[str, FormQuestion]) -> None:
    """Conditions, once every question they name has a row."""
    for line in form:
        for asked in line["questions"]:
            before = questions.get(asked["asked_if"])
            questions[asked["reference"]].asked_if = before
            questions[asked["reference"]].asked_if_value = asked["asked_if_value"] if before else None
    db.session.flush()
