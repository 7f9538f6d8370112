"""An entry form as plain JSON, for versions and prepared changes, and the steps that change it. Pure.

A form is a list of sections: "reference", "title_vi", "title_en" and "questions", each with a reference, the columns of
QUESTION and its condition; a condition names its question by reference.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from marketplace.challenges.entry_form.applying import stands_after
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.stages import Audience, Kind

Form = list[dict[str, Any]]
TITLES = ("title_vi", "title_en")
QUESTION = (
    *("kind", "label_vi", "label_en", "hint_vi", "hint_en", "unit", "most_words", "options"),
    *("is_required", "audience", "tells_entrant", "asked_if_value"),
)


def plain_form(sections: Iterable[FormSection]) -> Form:
    """The plain form of rows."""
    return [
        {"reference": section.reference}
        | {name: getattr(section, name) for name in TITLES}
        | {"questions": [_plain_question(question) for question in section.questions]}
        for section in sections
    ]


def _plain_question(question: FormQuestion) -> dict[str, Any]:
    columns = {name: getattr(question, name) for name in QUESTION}
    columns |= {"kind": question.kind.value, "audience": question.audience.value}
    condition = question.asked_if.reference if question.asked_if else None
    return {"reference": question.reference} | columns | {"asked_if": condition}


def sections_from(form: Form) -> list[FormSection]:
    """Rows of no database that read as the form does; ids count from 1, so that conditions find their question."""
    sections: list[FormSection] = []
    known: dict[str, FormQuestion] = {}
    for line in form:
        section = FormSection(reference=line["reference"], **{name: line[name] for name in TITLES})
        for number, asked in enumerate(line["questions"], start=len(known) + 1):
            columns = {name: asked[name] for name in QUESTION}
            columns |= {"kind": Kind(asked["kind"]), "audience": Audience(asked["audience"])}
            question = FormQuestion(id=number, reference=asked["reference"], **columns)
            question.asked_if = known.get(asked["asked_if"])
            question.asked_if_id = question.asked_if.id if question.asked_if else None
            section.questions.append(question)
            known[question.reference] = question
        sections.append(section)
    return sections


def columns_of(question: dict[str, Any], sections: Sequence[FormSection]) -> dict[str, Any]:
    """Columns that a question's form gives, made plain: its condition names a question of `sections` by reference."""
    references = {each.id: each.reference for section in sections for each in section.questions}
    plain = {name: question[name] for name in QUESTION}
    plain |= {"kind": question["kind"].value, "audience": question["audience"].value}
    return plain | {"asked_if": references.get(question["asked_if_id"])}


def with_section(form: Form, reference: str, titles: dict[str, Any]) -> Form:
    """The form with a new section at its end, or with new titles of one that it has."""
    if any(section["reference"] == reference for section in form):
        return [section | titles if section["reference"] == reference else section for section in form]
    return [*form, {"reference": reference, **titles, "questions": []}]


def with_question(form: Form, section: str, question: dict[str, Any]) -> Form:
    """The form with this question changed where it stands; a new one, or one of another section, comes last there."""
    known = [each["reference"] for line in form if line["reference"] == section for each in line["questions"]]
    if question["reference"] in known:
        return _each_question(form, lambda each: question if each["reference"] == question["reference"] else each)
    return [
        line | {"questions": [*line["questions"], question]} if line["reference"] == section else line
        for line in without(form, question["reference"])
    ]


def _each_question(form: Form, change: Any) -> Form:
    return [line | {"questions": [change(each) for each in line["questions"]]} for line in form]


def without(form: Form, reference: str) -> Form:
    """The form without this section or question."""
    return [
        line | {"questions": [each for each in line["questions"] if each["reference"] != reference]}
        for line in form
        if line["reference"] != reference
    ]


def moved(form: Form, reference: str, by: int) -> Form:
    """The form with this section or question `by` places further on among its like; at an end it stays."""
    lines = [line | {"questions": _moved(line["questions"], reference, by)} for line in form]
    return _moved(lines, reference, by)


def _moved(things: list[dict[str, Any]], reference: str, by: int) -> list[dict[str, Any]]:
    place = next((number for number, each in enumerate(things) if each["reference"] == reference), None)
    if place is None:
        return things
    rest = [*things[:place], *things[place + 1 :]]
    place = max(0, min(len(rest), place + by))
    return [*rest[:place], things[[each["reference"] for each in things].index(reference)], *rest[place:]]


def is_sound(form: Form) -> bool:
    """Whether every condition names an answer that a question before it offers."""
    wanted = sum(asked["asked_if"] is not None for line in form for asked in line["questions"])
    questions = [question for section in sections_from(form) for question in section.questions]
    offered = {question.id: question.choices for question in questions}
    bound = [each for each in questions if each.asked_if_id is not None]
    return (
        len(bound) == wanted
        and stands_after(questions)
        and all(each.asked_if_value in offered[each.asked_if_id] for each in bound if each.asked_if_id is not None)
    )
