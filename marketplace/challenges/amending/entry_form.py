"""The entry form as a part of amendments: how a change of it is prepared, put in force, and told."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.amending.parts import Part, amends
from marketplace.challenges.amending.policy import can_prepare_amendment
from marketplace.challenges.amending.queries import prepared_amendment
from marketplace.challenges.amending.services import prepare_amendment
from marketplace.challenges.entry_form.plain import Form, is_sound, plain_form
from marketplace.challenges.entry_form.queries import sections_of
from marketplace.challenges.entry_form.services import Depended, replace_form
from marketplace.challenges.models import Challenge
from marketplace.db import hold
from marketplace.labels import AUDIENCES, QUESTION_KINDS, YES_NO, word

NAME = "entry_form"


def form_as_it_stands(challenge: Challenge) -> Form:
    """The form that is published."""
    return plain_form(sections_of(challenge))


def form_as_prepared(challenge: Challenge) -> Form:
    """The form with what the prepared amendment changes of it."""
    amendment = prepared_amendment(challenge)
    prepared: Form | None = amendment.after.get(NAME) if amendment else None
    return form_as_it_stands(challenge) if prepared is None else prepared


def amend_form(challenge: Challenge, *, actor: Person, step: Callable[[Form], Form]) -> Amendment:
    """Take one more step away from the published form; nothing of it is published.

    Raises Refused, WrongStage unless the challenge is published and not closed, Depended where a condition would name
    an answer that is not asked for before it.
    """
    require(can_prepare_amendment, actor, challenge)
    hold(challenge)
    form = step(form_as_prepared(challenge))
    if not is_sound(form):
        raise Depended(challenge.reference)
    changes: dict[str, Any] = {NAME: form}
    return prepare_amendment(challenge, actor=actor, **changes)


def _apply(amendment: Amendment, form: Form) -> None:
    replace_form(amendment.challenge, form)


def told(before: Form | None, after: Form) -> list[tuple[str, str, str]]:
    """What differs between two forms, as (what, before, after) in the reader's language, in the order of the form."""
    sections = (_sections(before or []), _sections(after))
    questions = (_questions(before or []), _questions(after))
    changes = [*_differing(*sections, _section_word), *_differing(*questions, _question_word)]
    stayed = [[name for name in each if name in questions[0] and name in questions[1]] for each in questions]
    if stayed[0] != stayed[1]:
        first, then = ("\n".join(questions[1][name].partition("\n")[0] for name in names) for names in stayed)
        changes.append((_("Order of the questions"), first, then))
    return changes


def _differing(
    before: dict[str, str], after: dict[str, str], said: Callable[[str, str], str]
) -> list[tuple[str, str, str]]:
    pairs = [(before.get(name, ""), after.get(name, "")) for name in dict.fromkeys([*after, *before])]
    return [(said(old, new), old, new) for old, new in pairs if old != new]


def _section_word(old: str, new: str) -> str:
    if old and new:
        return _("Section renamed")
    return _("Section added: %(title)s", title=new) if new else _("Section taken off: %(title)s", title=old)


def _question_word(old: str, new: str) -> str:
    name = (new or old).partition("\n")[0]
    if old and new:
        return _("Question changed: %(question)s", question=name)
    return (
        _("Question added: %(question)s", question=name)
        if new
        else _("Question taken off: %(question)s", question=name)
    )


def _sections(form: Form) -> dict[str, str]:
    return {line["reference"]: _pair(line, "title") for line in form}


def _questions(form: Form) -> dict[str, str]:
    every = {asked["reference"]: asked for line in form for asked in line["questions"]}
    return {name: _question(asked, every) for name, asked in every.items()}


def _question(asked: dict[str, Any], every: dict[str, dict[str, Any]]) -> str:
    """All that a question says of itself, the question first, one thing a line."""
    most = asked["most_words"]
    lines = [
        _pair(asked, "label"),
        _pair(asked, "hint"),
        " · ".join(filter(None, [word(QUESTION_KINDS, asked["kind"]), asked["unit"]])),
        *(" | ".join(filter(None, [each.get("vi"), each.get("en")])) for each in asked["options"]),
        _("An answer is required.") if asked["is_required"] else _("An answer is optional."),
        ngettext("at most %(num)d word", "at most %(num)d words", most) if most else "",
        _("Read by: %(who)s", who=word(AUDIENCES, asked["audience"])),
        _("hidden where judging is blind") if asked["tells_entrant"] else "",
        _condition(asked, every),
    ]
    return "\n".join(filter(None, lines))


def _condition(asked: dict[str, Any], every: dict[str, dict[str, Any]]) -> str:
    question, key = every.get(asked["asked_if"] or ""), asked["asked_if_value"]
    if question is None:
        return ""
    texts = {option["key"]: option.get("vi") or option.get("en") for option in question["options"]}
    places = {"question": question["label_vi"] or question["label_en"], "answer": texts.get(key) or word(YES_NO, key)}
    return _("Only if “%(question)s” is answered with “%(answer)s”", **places)


def _pair(thing: dict[str, Any], name: str) -> str:
    return " | ".join(filter(None, [thing[f"{name}_vi"], thing[f"{name}_en"]]))


amends(
    Part(
        name=NAME,
        label=_l("Entry form"),
        address="form_amending.edit",
        content=form_as_it_stands,
        apply=_apply,
        told=told,
    )
)
