"""Shape of the judging forms; those with a field for each entry or criterion are made for the page at hand."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from marketplace.challenges.models import Criterion
from marketplace.fields import WholeNumberField
from marketplace.judging.models import Entry
from marketplace.judging.stages import SeatRole
from marketplace.pages import plain
from marketplace.text import clean_line, clean_text

# a longer scale is typed, not chosen
LONGEST_RADIO_SCALE = 20


def _line(value: str | None) -> str:
    return clean_line(value) if value else ""


def _text(value: str | None) -> str:
    return clean_text(value) if value else ""


def asked_where_needed(_form: FlaskForm, _field: Any) -> None:
    """Takes "(optional)" off the label of a field that another answer may call for; the deed checks it."""


asked_where_needed.field_flags = {"input_required": True}  # type: ignore[attr-defined]


def _reasons(label: Any, message: Any, description: Any = "") -> TextAreaField:
    return TextAreaField(
        label,
        description=description,
        filters=[_text],
        validators=[InputRequired(message), Length(max=2000, message=_l("Use at most 2,000 characters."))],
    )


class LimitsForm(FlaskForm):
    """How the panel works."""

    reviews_per_entry = WholeNumberField(
        _l("Judges for each entry"),
        default=3,
        validators=[InputRequired(_l("Enter a number.")), NumberRange(1, 9, _l("Enter a number from 1 to 9."))],
    )
    max_load = WholeNumberField(
        _l("Most entries for one judge"),
        default=15,
        validators=[InputRequired(_l("Enter a number.")), NumberRange(1, 200, _l("Enter a number from 1 to 200."))],
    )
    score_by_on = DateField(
        _l("Score by"),
        description=_l("Judges are asked to be done at 17:00 on this day."),
        validators=[Optional()],
    )


class InviteForm(FlaskForm):
    """Somebody with an account, by e-mail address."""

    email = EmailField(
        _l("E-mail address of the judge"),
        filters=[_line],
        validators=[InputRequired(_l("Enter an e-mail address."))],
    )
    role = SelectField(
        _l("Role on the panel"),
        choices=[
            (SeatRole.JUDGE.value, _l("Judge")),
            (SeatRole.CHAIR.value, _l("Chair")),
            (SeatRole.ALTERNATE.value, _l("Alternate, reads where somebody drops out")),
        ],
        validators=[InputRequired(_l("Choose a role."))],
    )


class AcceptForm(FlaskForm):
    """Taking the seat."""

    undertaking = BooleanField(
        _l("I will keep what I read confidential, use it only for judging, and judge without regard to persons."),
        validators=[InputRequired(_l("Accept the undertaking to take the seat."))],
    )


class DeclineForm(FlaskForm):
    """Not taking the seat."""

    reason = TextAreaField(
        _l("Why not"),
        filters=[_text],
        validators=[Length(max=2000, message=_l("Use at most 2,000 characters."))],
    )


class RecusalForm(FlaskForm):
    """Giving an entry back."""

    reason = _reasons(_l("What the conflict is"), _l("Say what the conflict is."))


class ReturnForm(FlaskForm):
    """Sending drafted results back."""

    reasons = _reasons(_l("What should be changed"), _l("Say what should be changed."))


class CloseForm(FlaskForm):
    """Ending scoring."""

    despite_open = BooleanField(_l("End scoring although sheets are unfinished"))


def conflicts_form(entries: Sequence[Entry]) -> type[FlaskForm]:
    """A form with an answer and a reason for each entry, named by its reference."""
    fields: dict[str, Any] = {}
    for entry in entries:
        reference = entry.solution.reference
        fields[f"answer_{reference}"] = RadioField(
            plain(entry, "title"),
            choices=[("none", _l("No conflict")), ("conflict", _l("Conflict of interest"))],
            validators=[InputRequired(_l("Answer for %(entry)s.", entry=plain(entry, "title")))],
        )
        fields[f"reason_{reference}"] = StringField(
            _l("What the conflict is"),
            filters=[_line],
            validators=[
                asked_where_needed,
                _reason_where_conflict,
                Length(max=500, message=_l("Use at most 500 characters.")),
            ],
        )
    return type("ConflictsForm", (FlaskForm,), fields)


def _reason_where_conflict(form: FlaskForm, field: StringField) -> None:
    if form[field.name.replace("reason_", "answer_", 1)].data == "conflict" and not field.data:
        raise ValidationError(_l("Say what the conflict is."))


def sheet_form(criteria: Sequence[Criterion]) -> type[FlaskForm]:
    """A form with points and a comment for each criterion, named by its position."""
    fields: dict[str, Any] = {"edition": HiddenField(validators=[Regexp("^[0-9]{1,9}$")])}
    for criterion in criteria:
        fields[f"value_{criterion.position}"] = _points(criterion)
        fields[f"comment_{criterion.position}"] = TextAreaField(
            _l("Comment for the entrant"),
            filters=[_text],
            validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
        )
    fields["note"] = TextAreaField(
        _l("Note for the panel"),
        description=_l("Only the chair and the agency's secretary read it, after scoring. The entrant never does."),
        filters=[_text],
        validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
    )
    return type("SheetForm", (FlaskForm,), fields)


def _points(criterion: Criterion) -> RadioField | StringField:
    name = plain(criterion, "name")
    wrong = _l("%(criterion)s: choose a whole number from 0 to %(most)d.", criterion=name, most=criterion.maximum)
    allowed = {str(number) for number in range(criterion.maximum + 1)}

    def check(_form: FlaskForm, field: RadioField) -> None:
        if field.data not in allowed:
            raise ValidationError(wrong)

    if criterion.maximum > LONGEST_RADIO_SCALE:
        return StringField(name, filters=[_line], validators=[Optional(), check])
    choices = [(number, number) for number in sorted(allowed, key=int)]
    return RadioField(name, choices=choices, validate_choice=False, validators=[Optional(), check])


def decision_form(entries: Sequence[Entry]) -> type[FlaskForm]:
    """A form with what is proposed for each entry, named by its reference, and reasons."""
    fields: dict[str, Any] = {}
    for entry in entries:
        reference = entry.solution.reference
        fields[f"awarded_{reference}"] = BooleanField(_l("Gets an award"))
        fields[f"award_vi_{reference}"] = _award(_l("Name of the award in Vietnamese"), asked_where_needed)
        fields[f"award_en_{reference}"] = _award(_l("Name of the award in English"))
        fields[f"citation_vi_{reference}"] = _long(_l("Citation in Vietnamese: why it wins"), asked_where_needed)
        fields[f"citation_en_{reference}"] = _long(_l("Citation in English"))
    fields["reasons_vi"] = _long(_l("Reasons in Vietnamese"), asked_where_needed)
    fields["reasons_en"] = _long(_l("Reasons in English"))
    return type("DecisionForm", (FlaskForm,), fields)


def _award(label: Any, *validators: Any) -> StringField:
    length = Length(max=200, message=_l("Use at most 200 characters."))
    return StringField(label, filters=[_line], validators=[*validators, length])


def _long(label: Any, *validators: Any) -> TextAreaField:
    length = Length(max=2000, message=_l("Use at most 2,000 characters."))
    return TextAreaField(label, filters=[_text], validators=[*validators, length])
