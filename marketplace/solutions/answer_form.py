"""The form of one section of a challenge's own questions, made from them: each field is named by its question."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, ValidationError

from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.challenges.entry_form.stages import Kind
from marketplace.fields import AtMost, MoneyField, TicksField, hidden_count, one_line, several_lines
from marketplace.formats import language_now
from marketplace.labels import YES_NO
from marketplace.pages import language, plain
from marketplace.solutions.models import Attachment
from marketplace.text import clean_line, format_number, parse_decimal

_IS_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IS_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]*)?")
LONGEST_LINE, LONGEST_TEXT, LONGEST_LINK = 300, 20_000, 500


class AtMostWords:
    """No more words than this; parted by spaces, so that each Vietnamese syllable is one."""

    def __init__(self, most: int):
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        count = len((field.data or "").split())
        if count > self.most:
            places = {"label": field.label.text, "most": self.most, "count": count}
            raise ValidationError(_("%(label)s: use at most %(most)d words; there are %(count)d.", **places))


class MayMiss:
    """May stay empty in a draft; whether it is called optional is told by the question."""

    def __init__(self, question: FormQuestion):
        self.field_flags = {"input_required": True} if question.is_required else {}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to refuse here; completeness.py says what a solution misses."""


class FigureField(StringField):
    """A number with decimal comma or point, kept as plain digits with a point."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        kept = str(self.data)
        return format_number(Decimal(kept), language_now()) if _IS_FIGURE.fullmatch(kept) else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "")
        self.data = None
        if typed:
            try:
                self.data = str(parse_decimal(typed, language_now()))
            except ValueError:
                raise ValidationError(_("Write a number, for example 12,5.")) from None


class LinkField(StringField):
    """An address of the web."""

    def pre_validate(self, form: Any) -> None:
        if self.data and not re.fullmatch(r"https?://[^\s/\"'<>]+\.[^\s\"'<>]+", self.data):
            raise ValidationError(_("Write the whole address, beginning with https://"))


class DayField(DateField):
    """A day, kept as ISO 8601 text."""

    def process_data(self, value: Any) -> None:
        super().process_data(date.fromisoformat(value) if isinstance(value, str) and _IS_DAY.fullmatch(value) else None)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValidationError(_("Write a day, for example 2026-12-31.")) from None


class AnswersForm(FlaskForm):
    """`edition` is the fingerprint of the answers that stood there when the form was opened.

    `form_key` is this open page, `turn` counts what it saved by itself.
    """

    edition = HiddenField(validators=[Length(max=64)])
    form_key = HiddenField(validators=[Length(max=64)])
    turn = HiddenField(filters=[hidden_count])


def answers_form(
    questions: Sequence[FormQuestion],
    *,
    values: Mapping[int, Any],
    marks: Mapping[str, Any],
    attachments: Sequence[Attachment],
    **typed: Any,
) -> AnswersForm:
    """The form that asks these questions, filled with the draft's answers and with what was typed.

    `marks` are what its hidden fields begin with; `formdata=None` leaves out what was typed.
    """
    fields = {question.reference: _field(question, attachments) for question in questions}
    stored = {question.reference: values.get(question.id) for question in questions}
    made = type("SectionAnswersForm", (AnswersForm,), fields)
    return made(data={name: value for name, value in stored.items() if value is not None} | dict(marks), **typed)


def typed_values(form: AnswersForm, questions: Sequence[FormQuestion]) -> dict[int, Any]:
    """The answers in the valid form by question id, as the draft keeps them; None where there is none."""
    return {question.id: _kept(form[question.reference].data) for question in questions}


def _kept(data: Any) -> Any:
    if isinstance(data, date):
        return data.isoformat()
    return data if data or data == 0 else None


def _field(question: FormQuestion, attachments: Sequence[Attachment]) -> Field:
    label, hint = plain(question, "label"), plain(question, "hint")
    if question.unit:
        label = f"{label} ({question.unit})"
    make, options = _MAKERS[question.kind]
    options = dict(options)
    validators = [MayMiss(question), *options.pop("validators", ())]
    if question.most_words:
        hint = " ".join(filter(None, [hint, _("At most %(most)d words.", most=question.most_words)]))
        validators.append(AtMostWords(question.most_words))
    if question.kind == Kind.FILE:
        options["choices"] = [("", _("Choose")), *((each.file.reference, each.file.name) for each in attachments)]
    elif question.choices:
        options["choices"] = _choices(question)
    return make(label, description=hint, validators=validators, **options)


def _choices(question: FormQuestion) -> list[tuple[str, Any]]:
    if question.kind == Kind.YES_NO:
        return list(YES_NO.items())
    return [(each["key"], each.get(language()) or each.get("vi") or each.get("en")) for each in question.options]


_MAKERS: dict[Kind, tuple[Any, dict[str, Any]]] = {
    Kind.SHORT_TEXT: (StringField, {"filters": [one_line], "validators": [AtMost(LONGEST_LINE)]}),
    Kind.LONG_TEXT: (TextAreaField, {"filters": [several_lines], "validators": [AtMost(LONGEST_TEXT)]}),
    Kind.NUMBER: (FigureField, {}),
    Kind.MONEY: (MoneyField, {}),
    Kind.DATE: (DayField, {"validators": [Optional()]}),
    Kind.YES_NO: (RadioField, {"validators": [Optional()]}),
    Kind.ONE_OF: (RadioField, {"validators": [Optional()]}),
    Kind.SEVERAL_OF: (TicksField, {}),
    Kind.LINK: (LinkField, {"filters": [one_line], "validators": [AtMost(LONGEST_LINK)]}),
    Kind.FILE: (SelectField, {}),
}
