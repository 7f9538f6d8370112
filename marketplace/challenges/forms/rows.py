"""Shape of sections that hold several of a kind: prizes, criteria, the timetable."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import DataRequired, ValidationError

from marketplace.challenges.forms.texts import line, text
from marketplace.challenges.stages import Field
from marketplace.fields import AtMost, HanoiTimeField, MoneyField, PercentField, WholeNumberField, one_line
from marketplace.labels import FIELDS

SPARE_LINES = 3
MOST_CRITERIA = 12
MOST_PRIZES = 40
MOST_OF_ONE_PRIZE = 1000


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


class PrizeLine(Form):
    """A tier of prizes."""

    # Not Optional: what is checked below is checked also where it is empty.
    name_vi = StringField(_l("Name of the prize"), filters=[one_line], validators=[AtMost(200)])
    quantity = WholeNumberField(_l("How many"), default=1)
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
    """The tiers of prizes."""

    lines = FieldList(FormField(PrizeLine), max_entries=MOST_PRIZES)


class CriterionForm(Form):
    """One line of the rubric; a line without a name is left out."""

    name_vi = line(_l("Criterion"), most=200)
    weight_bp = PercentField(_l("Weight in percent"))
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


class TimetableForm(FlaskForm):
    """From when until when solutions are taken."""

    opens_at = HanoiTimeField(_l("Opens (Hanoi time)"), validators=[DataRequired(_l("Say when it opens."))])
    closes_at = HanoiTimeField(_l("Closes (Hanoi time)"), validators=[DataRequired(_l("Say when it closes."))])

    def validate_closes_at(self, field: HanoiTimeField) -> None:
        if self.opens_at.utc and field.utc and field.utc <= self.opens_at.utc:
            raise ValidationError(_("It must close after it opens."))
