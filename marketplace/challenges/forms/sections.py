"""Shape of what an agency types, one form for each section of a problem statement."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError

from marketplace.challenges.stages import Field, IpTerms
from marketplace.fields import AtMost, HanoiTimeField, LinesField, MoneyField, PercentField, one_line, several_lines
from marketplace.labels import FIELDS, IP_TERMS

LONGEST_TEXT = 10_000
MOST_CRITERIA = 8


def _line(label: Any, required: Any = None, hint: Any = "", most: int = 300) -> StringField:
    checks = [DataRequired(required)] if required else [Optional()]
    return StringField(label, description=hint, filters=[one_line], validators=[*checks, AtMost(most)])


def _text(label: Any, hint: Any = "", most: int = LONGEST_TEXT) -> TextAreaField:
    return TextAreaField(
        label,
        description=hint,
        filters=[several_lines],
        validators=[Optional(), AtMost(most)],
    )


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
        _l("Outcomes"),
        description=_l("One a line, with target and unit; English after a bar: tiếng Việt | English"),
        bare="vi",
    )
    capabilities = LinesField(
        _l("Required capabilities"),
        description=_l("One a line; English after a bar: tiếng Việt | English"),
        bare="vi",
    )
    data_vi = _text(_l("Data and site available, in Vietnamese"), most=3000)
    data_en = _text(_l("Data and site available, in English"), most=3000)
    partners_vi = _text(_l("What the three houses contribute, in Vietnamese"), most=2000)
    partners_en = _text(_l("What the three houses contribute, in English"), most=2000)


class AdoptionForm(FlaskForm):
    """What a win leads to."""

    adoption_vi = _text(_l("What happens after a win, in Vietnamese"), _l("Pilot, order, payment by results."), 3000)
    adoption_en = _text(_l("What happens after a win, in English"), most=3000)
    prize_amount = MoneyField(_l("Prize in đồng"), least=1)
    pilot_budget_vnd = MoneyField(_l("Pilot budget in đồng"), least=1)
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


SECTIONS: dict[str, type[FlaskForm]] = {
    "statement": StatementForm,
    "outcome": OutcomeForm,
    "adoption": AdoptionForm,
    "timetable": TimetableForm,
    "criteria": CriteriaForm,
}
