"""Shape of a section and of a question as an agency types them."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.stages import WITH_OPTIONS, WORDED, Audience, Kind
from marketplace.fields import AtMost, LinesField, WholeNumberField, one_line, several_lines
from marketplace.labels import AUDIENCES, QUESTION_KINDS, YES_NO
from marketplace.pages import language, plain

MOST_OPTIONS = 20
_PLAIN = ("label_vi", "label_en", "hint_vi", "hint_en", "is_required", "tells_entrant")


def _line(label: Any, *, required: Any = None, most: int = 300, hint: Any = "") -> StringField:
    checks = [DataRequired(required)] if required else [Optional()]
    return StringField(label, description=hint, filters=[one_line], validators=[*checks, AtMost(most)])


def _text(label: Any, hint: Any = "") -> TextAreaField:
    return TextAreaField(label, description=hint, filters=[several_lines], validators=[Optional(), AtMost(1000)])


class SectionForm(FlaskForm):
    """The heading of a section."""

    title_vi = _line(_l("Heading in Vietnamese"), required=_l("Enter a heading in Vietnamese."), most=200)
    title_en = _line(_l("Heading in English"), most=200)


class CopyForm(FlaskForm):
    """From which challenge questions are copied."""

    source = SelectField(_l("Challenge"), validators=[DataRequired(_l("Choose the challenge to copy from."))])


class QuestionForm(FlaskForm):
    """What is asked, of what kind, who reads the answer, and when it is asked."""

    label_vi = _line(_l("Question in Vietnamese"), required=_l("Enter the question in Vietnamese."))
    label_en = _line(_l("Question in English"))
    kind = SelectField(
        _l("Kind of answer"),
        choices=[(key.value, QUESTION_KINDS[key.value]) for key in Kind],
        validators=[DataRequired()],
    )
    options = LinesField(
        _l("Answers to choose from"),
        description=_l("Only for a choice. One a line; English after a bar: tiếng Việt | English"),
        bare="vi",
        most=MOST_OPTIONS,
    )
    unit = _line(_l("Unit"), most=40, hint=_l("Only for a number, for example m³/day."))
    most_words = WholeNumberField(
        _l("Most words"),
        description=_l("Only for a text. Vietnamese syllables count as words."),
        validators=[Optional(), NumberRange(1, 5000, _l("Write a number from 1 to 5,000."))],
    )
    hint_vi = _text(_l("Help in Vietnamese"), _l("What a good answer contains; shown above the field."))
    hint_en = _text(_l("Help in English"))
    is_required = BooleanField(_l("An answer is required"), default=True)
    audience = RadioField(
        _l("Who may read the answer"),
        choices=[(key.value, AUDIENCES[key.value]) for key in Audience],
        default="judges",
        validators=[DataRequired()],
    )
    tells_entrant = BooleanField(_l("The answer tells who the entrant is; it is hidden where judging is blind"))
    section = SelectField(_l("Section"), validators=[DataRequired()])
    asked_if = SelectField(_l("Ask it only if"), validators=[Optional()])

    def validate_options(self, field: LinesField) -> None:
        if self.kind.data in WITH_OPTIONS and len(field.data or []) < 2:
            raise ValidationError(_("Give at least two answers to choose from."))

    def offer(self, sections: Sequence[FormSection], question: FormQuestion | None) -> None:
        """Set the choices of section and condition; `question` is the one that is changed, None for a new one."""
        self.section.choices = [(section.reference, plain(section, "title")) for section in sections]
        every = [each for section in sections for each in section.questions]
        before = every[: every.index(question)] if question in every else every
        self.asked_if.choices = [("", _("Always ask it")), *(pair for each in before for pair in _conditions(each))]

    def keep_kind(self, question: FormQuestion) -> None:
        """Offer no other kind: answers of this one were given already."""
        self.kind.choices = [(question.kind.value, QUESTION_KINDS[question.kind.value])]
        self.kind.description = _(
            "It stays, because answers were given already. Take the question off and ask a new one."
        )

    def columns(self, sections: Sequence[FormSection], question: FormQuestion | None) -> dict[str, Any]:
        """The columns of the question that the valid form means."""
        kind = Kind(self.kind.data)
        asked_if_id, value = _condition(self.asked_if.data, sections)
        return {name: self[name].data for name in _PLAIN} | {
            "kind": kind,
            "audience": Audience(self.audience.data),
            "unit": self.unit.data if kind == Kind.NUMBER else None,
            "most_words": self.most_words.data if kind in WORDED else None,
            "options": keyed(self.options.data, question.options if question else []) if kind in WITH_OPTIONS else [],
            "section": next(each for each in sections if each.reference == self.section.data),
            "asked_if_id": asked_if_id,
            "asked_if_value": value,
        }


def shown(question: FormQuestion) -> dict[str, Any]:
    """What the form of this question is opened with."""
    plain_columns = (*_PLAIN, "kind", "unit", "most_words", "audience")
    options = [_texts(option) for option in question.options]
    condition = f"{question.asked_if.reference}.{question.asked_if_value}" if question.asked_if else ""
    special = {"options": options, "section": question.section.reference, "asked_if": condition}
    return {name: getattr(question, name) for name in plain_columns} | special


def keyed(lines: Sequence[dict[str, str]], before: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The options with a key each: one whose text in either language stayed keeps the key it had."""
    free = list(before)
    numbers = [int(option["key"][1:]) for option in before if re.fullmatch("o[0-9]+", option["key"])]
    last, found = max(numbers, default=0), []
    for line in lines:
        known = next((each for each in free if any(each.get(name) == text for name, text in line.items())), None)
        if known is not None:
            free.remove(known)
        else:
            last += 1
        found.append({"key": known["key"] if known is not None else f"o{last}"} | line)
    return found


def _conditions(question: FormQuestion) -> list[tuple[str, str]]:
    """The answers of a question that may decide, each as value and words."""
    texts = {
        option["key"]: option.get(language()) or next(iter(_texts(option).values())) for option in question.options
    }
    label = plain(question, "label")
    return [(f"{question.reference}.{key}", f"{label} – {texts.get(key) or YES_NO[key]}") for key in question.choices]


def _texts(option: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in option.items() if name != "key"}


def _condition(chosen: str | None, sections: Sequence[FormSection]) -> tuple[int | None, str | None]:
    if not chosen:
        return None, None
    reference, _dot, key = chosen.partition(".")
    ids = {each.reference: each.id for section in sections for each in section.questions}
    return ids[reference], key
