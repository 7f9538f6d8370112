"""Sections of an entry form: add, rename, move, remove."""

from collections.abc import Sequence
from typing import Any

from marketplace.accounts.models import Person
from marketplace.challenges.entry_form.applying import stands_after
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.queries import sections_of
from marketplace.challenges.entry_form.services.asking import Depended
from marketplace.challenges.entry_form.services.locking import hold_form, next_position, tell
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold


def add_section(challenge: Challenge, *, actor: Person, **titles: Any) -> FormSection:
    """A new section at the end. Raises Refused, WrongStage once the questions are locked."""
    before = hold_form(challenge, actor)
    section = new_section(challenge, position=next_position(sections_of(challenge)), **titles)
    tell(challenge, actor, before, section_added=section.reference)
    return section


def new_section(challenge: Challenge, **columns: Any) -> FormSection:
    """A row for a section of a form that is held."""
    section = FormSection(challenge=challenge, **columns)
    db.session.add(section)
    db.session.flush()
    return section


def rename_section(section: FormSection, *, actor: Person, **titles: Any) -> None:
    """Change its titles. Raises Refused, WrongStage once the questions are locked."""
    before = hold_form(section.challenge, actor)
    for name, value in titles.items():
        setattr(section, name, value)
    tell(section.challenge, actor, before, section_renamed=section.reference)


def move_section(section: FormSection, *, actor: Person, by: int) -> None:
    """Move it `by` places; at an end it stays. Raises Depended where a condition would stand before its question."""
    before = hold_form(section.challenge, actor)
    sections = list(sections_of(section.challenge))
    placed = moved(sections, section, by)
    if not stands_after(_questions(placed)):
        raise Depended(section.reference)
    for position, each in enumerate(placed, start=1):
        each.position = position
    tell(section.challenge, actor, before, section_moved=section.reference, by=by)


def remove_section(section: FormSection, *, actor: Person) -> None:
    """Take it off with its questions. Raises Depended if a question elsewhere is asked only because of one of them."""
    challenge = section.challenge
    before = hold_form(challenge, actor)
    hold(section)
    inside = {question.id for question in section.questions}
    rest = [question for question in _questions(sections_of(challenge)) if question.id not in inside]
    if any(question.asked_if_id in inside for question in rest):
        raise Depended(section.reference)
    for question in section.questions:
        question.asked_if_id = question.asked_if_value = None
    db.session.flush()
    db.session.delete(section)
    tell(challenge, actor, before, section_removed=section.reference)


def moved(things: Sequence[Any], thing: Any, by: int) -> list[Any]:
    """The things with this one `by` places further on, no further than the ends."""
    rest = [each for each in things if each is not thing]
    place = max(0, min(len(rest), list(things).index(thing) + by))
    return [*rest[:place], thing, *rest[place:]]


def _questions(sections: Sequence[FormSection]) -> list[FormQuestion]:
    return [question for section in sections for question in section.questions]
