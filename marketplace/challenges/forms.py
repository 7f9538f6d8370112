"""Shape of what an agency types, one form for each section of a problem statement."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from marketplace import clock
from marketplace.challenges.stages import Field, IpTerms
from marketplace.labels import FIELDS, IP_TERMS
from marketplace.text import HANOI, clean_line, clean_text, format_number, parse_decimal

LONGEST_TEXT = 10_000
MOST_MONEY = 10**13
MOST_CRITERIA = 8
TOO_LONG = _l("Use at most %(max)d characters.")


def _line(label: Any, required: Any = None, hint: Any = "", most: int = 300) -> StringField:
    checks = [DataRequired(required)] if required else [Optional()]
    return StringField(
        label, description=hint, filters=[_clean(clean_line)], validators=[*checks, Length(max=most, message=TOO_LONG)]
    )


def _text(label: Any, hint: Any = "", most: int = LONGEST_TEXT) -> TextAreaField:
    return TextAreaField(
        label,
        description=hint,
        filters=[_clean(clean_text)],
        validators=[Optional(), Length(max=most, message=TOO_LONG)],
    )


def _clean(how: Any) -> Any:
    return lambda value: (how(value) or None) if value else None


class LinesField(TextAreaField):
    """One thing a line, Vietnamese and English parted by a bar: a list of {"vi", "en"}."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(
            " | ".join(text for text in (line.get("vi"), line.get("en")) if text) for line in self.data or []
        )

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        for line in clean_text(valuelist[0] if valuelist else "").splitlines():
            vi, _bar, en = line.partition("|")
            if clean_line(vi):
                self.data.append({"vi": clean_line(vi)} | ({"en": clean_line(en)} if clean_line(en) else {}))
        if len(self.data) > 20:
            raise ValidationError(_("Use at most 20 lines."))
        if any(len(text) > 300 for line in self.data for text in line.values()):
            raise ValidationError(_("Use at most 300 characters a line."))


class MoneyField(StringField):
    """Whole đồng, written with or without dots or commas between thousands."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_number(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "")
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"[0-9]{1,14}|[0-9]{1,3}([.,\u0020][0-9]{3})+", typed):
            raise ValidationError(_("Write a whole number of đồng, for example 200.000.000."))
        self.data = int(re.sub(r"[^0-9]", "", typed))
        if not 0 < self.data <= MOST_MONEY:
            raise ValidationError(_("This amount is out of range."))


class PercentField(StringField):
    """A share with at most two decimals, kept in basis points."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_number(Decimal(self.data) / 100) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "").removesuffix("%").strip()
        self.data = None
        if not typed:
            return
        try:
            points = parse_decimal(typed) * 100
        except ValueError:
            raise ValidationError(_("Write a percentage, for example 25 or 12,5.")) from None
        if points != points.to_integral_value() or not 0 < points <= 10_000:
            raise ValidationError(_("A weight is more than 0 and at most 100, with at most two decimals."))
        self.data = int(points)


class HanoiTimeField(DateTimeLocalField):
    """A moment typed in Hanoi time, kept in UTC."""

    def process_data(self, value: datetime | None) -> None:
        super().process_data(value.astimezone(HANOI).replace(tzinfo=None) if value else None)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValidationError(_("Write day and time, for example 2026-12-31T17:00.")) from None
        if self.data is None:
            return
        typed = self.data.replace(tzinfo=HANOI)
        if not timedelta(days=-3650) < typed - clock.now() < timedelta(days=3650):
            raise ValidationError(_("This day is too far away."))
        self.utc = typed.astimezone(UTC)

    utc: datetime | None = None


class StartForm(FlaskForm):
    """What begins a draft."""

    agency = SelectField(_l("Agency"), validators=[DataRequired(_l("Choose the agency."))])
    title_vi = _line(_l("Title in Vietnamese"), required=_l("Enter a title in Vietnamese."))


class StatementForm(FlaskForm):
    """What the problem is."""

    title_vi = _line(_l("Title in Vietnamese"), required=_l("Enter a title in Vietnamese."))
    title_en = _line(_l("Title in English"))
    field = SelectField(_l("Field"), choices=[(key.value, FIELDS[key.value]) for key in Field])
    summary_vi = _text(_l("Summary in Vietnamese"), _l("One or two sentences for lists and letters."), 500)
    summary_en = _text(_l("Summary in English"), most=500)
    description_vi = _text(
        _l("Background in Vietnamese"), _l("What happens today, how often, what it costs, what was tried before.")
    )
    description_en = _text(_l("Background in English"))
    users_vi = _text(_l("Who suffers, in Vietnamese"), most=2000)
    users_en = _text(_l("Who suffers, in English"), most=2000)


class OutcomeForm(FlaskForm):
    """What a solution must reach, and what it may build on."""

    outcomes = LinesField(
        _l("Outcomes"), description=_l("One a line, with target and unit; English after a bar: tiếng Việt | English")
    )
    capabilities = LinesField(
        _l("Required capabilities"), description=_l("One a line; English after a bar: tiếng Việt | English")
    )
    data_vi = _text(_l("Data and site available, in Vietnamese"), most=3000)
    data_en = _text(_l("Data and site available, in English"), most=3000)
    partners_vi = _text(_l("What the three houses contribute, in Vietnamese"), most=2000)
    partners_en = _text(_l("What the three houses contribute, in English"), most=2000)


class AdoptionForm(FlaskForm):
    """What a win leads to."""

    adoption_vi = _text(_l("What happens after a win, in Vietnamese"), _l("Pilot, order, payment by results."), 3000)
    adoption_en = _text(_l("What happens after a win, in English"), most=3000)
    prize_amount = MoneyField(_l("Prize in đồng"))
    pilot_budget_vnd = MoneyField(_l("Pilot budget in đồng"))
    decision_on = DateField(_l("Day of the decision"), validators=[Optional()])
    ip_terms = RadioField(
        _l("Rights after a win"), choices=[(key.value, IP_TERMS[key.value]) for key in IpTerms], validators=[Optional()]
    )


class TimetableForm(FlaskForm):
    """From when until when solutions are taken."""

    opens_at = HanoiTimeField(_l("Opens (Hanoi time)"), validators=[DataRequired(_l("Say when it opens."))])
    closes_at = HanoiTimeField(_l("Closes (Hanoi time)"), validators=[DataRequired(_l("Say when it closes."))])

    def validate_closes_at(self, field: HanoiTimeField) -> None:
        if self.opens_at.utc and field.utc and field.utc <= self.opens_at.utc:
            raise ValidationError(_("It must close after it opens."))


class CriterionForm(Form):
    """One line of the rubric; a line without a name is left out."""

    name_vi = _line(_l("Criterion in Vietnamese"), most=200)
    name_en = _line(_l("Criterion in English"), most=200)
    weight_bp = PercentField(_l("Weight in percent"))
    description_vi = _text(_l("What is judged, in Vietnamese"), most=1000)
    description_en = _text(_l("What is judged, in English"), most=1000)
    low_vi = _line(_l("What earns 0, in Vietnamese"))
    middle_vi = _line(_l("What earns 5, in Vietnamese"))
    high_vi = _line(_l("What earns 10, in Vietnamese"))

    def validate_weight_bp(self, field: PercentField) -> None:
        if self.name_vi.data and field.data is None and not field.errors:
            raise ValidationError(_("Give this criterion a weight."))


class CriteriaForm(FlaskForm):
    """The rubric with its weights."""

    lines = FieldList(FormField(CriterionForm), min_entries=MOST_CRITERIA, max_entries=MOST_CRITERIA)

    def filled(self) -> list[CriterionForm]:
        return [line.form for line in self.lines if line.form.name_vi.data]


class ReasonsForm(FlaskForm):
    """Why something is sent back or cancelled."""

    reasons = TextAreaField(
        _l("Reasons"),
        filters=[_clean(clean_text)],
        validators=[DataRequired(_l("Give the reasons.")), Length(max=3000, message=TOO_LONG)],
    )


SECTIONS: dict[str, type[FlaskForm]] = {
    "statement": StatementForm,
    "outcome": OutcomeForm,
    "adoption": AdoptionForm,
    "timetable": TimetableForm,
    "criteria": CriteriaForm,
}
