"""Shape of the score sheet; it has fields for each criterion and is made for the page at hand."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from marketplace.challenges.models import Criterion
from marketplace.judging.forms.parts import one_line, several_lines
from marketplace.pages import plain

# a longer scale is typed, not chosen
LONGEST_RADIO_SCALE = 20
# stands where points would stand
NOT_APPLICABLE = "na"


def sheet_form(criteria: Sequence[Criterion], *, may_not_apply: bool = False) -> type[FlaskForm]:
    """A form with points and a comment for each criterion, named by its position."""
    fields: dict[str, Any] = {"edition": HiddenField(validators=[Regexp("^[0-9]{1,9}$")])}
    for criterion in criteria:
        fields[f"value_{criterion.position}"] = _points(criterion, may_not_apply)
        fields[f"comment_{criterion.position}"] = TextAreaField(
            _l("Comment for the entrant"),
            filters=[several_lines],
            validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
        )
    fields["note"] = TextAreaField(
        _l("Note for the panel"),
        description=_l("Only the chair and the agency's secretary read it, after scoring. The entrant never does."),
        filters=[several_lines],
        validators=[Length(max=4000, message=_l("Use at most 4,000 characters."))],
    )
    return type("SheetForm", (FlaskForm,), fields)


def _points(criterion: Criterion, may_not_apply: bool) -> RadioField | StringField:
    name = plain(criterion, "name")
    wrong = _l("%(criterion)s: choose a whole number from 0 to %(most)d.", criterion=name, most=criterion.maximum)
    numbers = {str(number) for number in range(criterion.maximum + 1)}
    allowed = numbers | ({NOT_APPLICABLE} if may_not_apply else set())

    def check(_form: FlaskForm, field: RadioField) -> None:
        if field.data not in allowed:
            raise ValidationError(wrong)

    if criterion.maximum > LONGEST_RADIO_SCALE:
        return StringField(name, filters=[one_line], validators=[Optional(), check])
    choices: list[tuple[str, Any]] = [(number, number) for number in sorted(numbers, key=int)]
    choices += [(NOT_APPLICABLE, _l("Does not apply"))] if may_not_apply else []
    return RadioField(name, choices=choices, validate_choice=False, validators=[Optional(), check])
