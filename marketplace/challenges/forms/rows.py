"""Shape of sections that hold several of a kind: prizes, criteria, the timetable."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from marketplace.challenges.forms.eligibility import Ticks
from marketplace.challenges.forms.texts import line, text
from marketplace.challenges.stages import Direction, Field
from marketplace.challenges.words import DIRECTIONS
from marketplace.fields import (
    AtMost,
    HanoiTimeField,
    LinesField,
    MoneyField,
    Needed,
    PercentField,
    WholeNumberField,
    one_line,
)
from marketplace.labels import FIELDS
from marketplace.text import clean_line, format_number, parse_decimal

SPARE_LINES = 3
MOST_CRITERIA = 12
MOST_PRIZES = 40
MOST_OF_ONE_PRIZE = 1000
MOST_MEASURES = 12
MOST_PERIODS = 20
LARGEST_THOUSANDTHS = 10**15


class RowsForm(FlaskForm):
    """Some lines, and a few empty ones to fill in; a line without a name is left out."""

    lines: FieldList

    def __init__(self, *given: Any, **more: Any):
        super().__init__(*given, **more)
        if not self.is_submitted():
            room = self.lines.max_entries - len(self.lines)
            for _number in range(min(SPARE_LINES, room)):
                self.lines.append_entry()

    def filled(self) -> list[Any]:
        """The lines with a name."""
        return [each.form for each in self.lines if each.form.name_vi.data]


class ThousandthsField(StringField):
    """A number with at most three decimals, kept in thousandths."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_number(Decimal(self.data).scaleb(-3).normalize()) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "")
        self.data = None
        if not typed:
            return
        try:
            thousandths = parse_decimal(typed) * 1000
        except ValueError:
            raise ValidationError(_("Write a number, for example 60 or 12,5.")) from None
        if thousandths != thousandths.to_integral_value() or abs(thousandths) > LARGEST_THOUSANDTHS:
            raise ValidationError(_("Write a number with at most three decimals."))
        self.data = int(thousandths)


class MeasureLine(Form):
    """How one thing is measured."""

    # Not Optional: what is checked below is checked also where it is empty.
    name_vi = StringField(
        _l("What is measured"),
        description=_l("For example: time between warning and flooding."),
        filters=[one_line],
        validators=[Needed(), AtMost(300)],
    )
    today_milli = ThousandthsField(_l("Today"))
    direction = SelectField(
        _l("Success is"),
        choices=[(key.value, DIRECTIONS[key.value]) for key in Direction],
        coerce=lambda key: Direction(key) if key in set(Direction) else Direction.AT_LEAST,
        validate_choice=False,
        validators=[Needed()],
    )
    target_milli = ThousandthsField(_l("Target"), validators=[Needed()])
    unit_vi = StringField(
        _l("Unit"),
        description=_l("For example: minutes, percent, tonnes a day."),
        filters=[one_line],
        validators=[Needed(), AtMost(100)],
    )
    name_en = line(_l("What is measured, in English"))
    unit_en = line(_l("Unit in English"), most=100)

    def validate_name_vi(self, field: StringField) -> None:
        if not field.data and self.target_milli.data is not None:
            raise ValidationError(_("Say what is measured."))

    def validate_target_milli(self, field: ThousandthsField) -> None:
        if self.name_vi.data and field.data is None and not field.errors:
            raise ValidationError(_("Give this measure a target."))

    def validate_unit_vi(self, field: StringField) -> None:
        if self.name_vi.data and not field.data:
            raise ValidationError(_("Give this measure a unit."))


class OutcomeForm(RowsForm):
    """What must be different at the end, and how that is measured."""

    outcomes = LinesField(
        _l("Outcomes"),
        description=_l("One a line; English after a bar: tiếng Việt | English"),
        bare="vi",
        validators=[Needed()],
    )
    lines = FieldList(FormField(MeasureLine), max_entries=MOST_MEASURES)


class PrizeLine(Form):
    """A tier of prizes."""

    # Not Optional: what is checked below is checked also where it is empty.
    name_vi = StringField(_l("Name of the prize"), filters=[one_line], validators=[Needed(), AtMost(200)])
    quantity = WholeNumberField(_l("How many"), default=1, validators=[Needed()])
    amount_vnd = MoneyField(_l("Amount of each in đồng"), least=1)
    field = SelectField(
        _l("For which field"),
        choices=[("", _l("All fields together")), *((key.value, FIELDS[key.value]) for key in Field)],
        coerce=lambda key: Field(key) if key in set(Field) else None,
        validate_choice=False,
    )
    reward_vi = line(_l("What comes beside money"), _l("For example: a certificate of merit, a pilot, coaching."))
    name_en = line(_l("Name of the prize in English"), most=200)
    reward_en = line(_l("What comes beside money, in English"))

    def validate_name_vi(self, field: StringField) -> None:
        if not field.data and (self.amount_vnd.data or self.reward_vi.data):
            raise ValidationError(_("Give this prize a name, for example Giải Nhất."))

    def validate_quantity(self, field: WholeNumberField) -> None:
        if self.name_vi.data and not (field.data and 1 <= field.data <= MOST_OF_ONE_PRIZE) and not field.errors:
            raise ValidationError(_("Say how many there are of this prize: 1 to 1.000."))

    def validate_amount_vnd(self, field: MoneyField) -> None:
        if self.name_vi.data and field.data is None and not self.reward_vi.data and not field.errors:
            raise ValidationError(_("Say what this prize is worth: an amount, or what comes beside money."))


class PrizesForm(RowsForm):
    """The fields of a contest and the tiers of prizes."""

    contest_fields = Ticks(
        _l("Fields of the contest"),
        description=_l("Only for a contest: each entrant chooses one, and entries are judged field by field."),
        choices=[(key.value, FIELDS[key.value]) for key in Field],
        validators=[Optional()],
    )
    lines = FieldList(FormField(PrizeLine), max_entries=MOST_PRIZES)


class CriterionForm(Form):
    """One line of the rubric; a line without a name is left out."""

    name_vi = line(_l("Criterion"), needed=True, most=200)
    weight_bp = PercentField(_l("Weight in percent"), validators=[Needed()])
    description_vi = text(_l("What is judged"), most=1000)
    low_vi = line(_l("What earns 0"))
    middle_vi = line(_l("What earns 5"))
    high_vi = line(_l("What earns 10"))
    name_en = line(_l("Criterion in English"), most=200)
    description_en = text(_l("What is judged, in English"), most=1000)

    def validate_weight_bp(self, field: PercentField) -> None:
        if self.name_vi.data and field.data is None and not field.errors:
            raise ValidationError(_("Give this criterion a weight."))


class CriteriaForm(RowsForm):
    """The rubric with its weights."""

    lines = FieldList(FormField(CriterionForm), max_entries=MOST_CRITERIA)


class PeriodLine(Form):
    """A phase beside opening and closing."""

    name_vi = StringField(
        _l("Name of the phase"),
        description=_l("For example: information session, first round, final round."),
        filters=[one_line],
        validators=[AtMost(200)],
    )
    starts_at = HanoiTimeField(_l("From (Hanoi time)"), validators=[Needed(), Optional()])
    ends_at = HanoiTimeField(_l("Until (Hanoi time)"), validators=[Optional()])
    judged_vi = text(
        _l("What is judged in this phase"),
        _l("Which criteria count, and what decides who goes on. Left empty: the whole rubric."),
        most=1000,
    )
    name_en = line(_l("Name of the phase in English"), most=200)
    judged_en = text(_l("What is judged in this phase, in English"), most=1000)

    def validate_name_vi(self, field: StringField) -> None:
        if not field.data and (self.starts_at.data or self.ends_at.data):
            raise ValidationError(_("Give this phase a name."))
        if field.data and self.starts_at.utc is None and not self.starts_at.errors:
            raise ValidationError(_("%(phase)s: say when it begins.", phase=field.data))

    def validate_ends_at(self, field: HanoiTimeField) -> None:
        if self.starts_at.utc and field.utc and field.utc < self.starts_at.utc:
            raise ValidationError(_("It must end after it begins."))


class TimetableForm(RowsForm):
    """From when until when solutions are taken, and the phases beside."""

    opens_at = HanoiTimeField(_l("Opens (Hanoi time)"), validators=[DataRequired(_l("Say when it opens."))])
    closes_at = HanoiTimeField(_l("Closes (Hanoi time)"), validators=[DataRequired(_l("Say when it closes."))])
    lines = FieldList(FormField(PeriodLine), max_entries=MOST_PERIODS)

    def validate_closes_at(self, field: HanoiTimeField) -> None:
        if self.opens_at.utc and field.utc and field.utc <= self.opens_at.utc:
            raise ValidationError(_("It must close after it opens."))
