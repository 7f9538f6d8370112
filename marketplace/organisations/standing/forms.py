"""Shape of claims and of the operator's decisions."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.fields import AtMost, TypedReferenceField, one_line, several_lines
from marketplace.organisations.models import Organisation


def _line(label: Any, hint: Any, missing: Any, *, most: int = 200) -> StringField:
    return StringField(label, description=hint, filters=[one_line], validators=[DataRequired(missing), AtMost(most)])


class ClaimForm(FlaskForm):
    """Who somebody is there, and which paper says so."""

    position = _line(_l("Your position there"), _l("For example: head of the office."), _l("Enter your position."))
    paper = _line(
        _l("The paper that says so"),
        _l("Kind, number, date and who signed it, for example: letter of introduction 12/GGT-SXD of 20/11/2026."),
        _l("Name the paper."),
        most=300,
    )
    file = FileField(
        _l("Scan or photo of the paper"),
        description=_l("PDF, JPG or PNG. Only you and the operator can open it."),
        validators=[FileRequired(_l("Choose a file."))],
    )
    phone = _line(
        _l("Office telephone"), _l("We call the office, not a mobile phone."), _l("Enter a telephone number."), most=40
    )
    note = TextAreaField(_l("What else we should know"), filters=[several_lines], validators=[AtMost(2000)])


class ReasonForm(FlaskForm):
    """Why."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[several_lines],
        validators=[
            DataRequired(_l("Write the reason.")),
            Length(min=20, message=_l("Use at least 20 characters.")),
            AtMost(1000),
        ],
    )


class HowForm(FlaskForm):
    """How the operator made sure."""

    how = _line(
        _l("How you made sure"),
        _l("For example: business register looked up, office called."),
        _l("Write how you made sure."),
        most=300,
    )


class TypedNameForm(ReasonForm):
    """A reason, and the name typed by hand, so that nobody suspends the wrong one in passing."""

    typed = TypedReferenceField(_l("Type the reference of the organisation"))

    def __init__(self, organisation: Organisation, **values: Any):
        super().__init__(**values)
        self.typed.reference = organisation.reference


class MergeForm(FlaskForm):
    """The duplicate, by its reference."""

    gone = _line(
        _l("Reference of the duplicate"),
        _l("It begins with TC; its people and track record move here."),
        _l("Type the reference of the duplicate."),
        most=20,
    )


class RoleForm(FlaskForm):
    """Another role."""

    role = SelectField(_l("Role"), validators=[DataRequired()])
