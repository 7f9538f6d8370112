"""Shape of what operators type about accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.accounts.models import Person
from marketplace.fields import AtMost, TypedReferenceField, one_line, several_lines


class SuspensionForm(FlaskForm):
    """A reason, and the reference typed by hand, so that nobody suspends the wrong person in passing."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[several_lines],
        validators=[
            DataRequired(_l("Write the reason.")),
            Length(min=20, message=_l("Use at least 20 characters.")),
            AtMost(1000),
        ],
    )
    typed = TypedReferenceField(_l("Type the reference of the person"))

    def __init__(self, person: Person, **values: Any):
        super().__init__(**values)
        self.typed.reference = person.reference


class IdentityForm(FlaskForm):
    """How the operator made sure who it is."""

    how = StringField(
        _l("How you made sure who it is"),
        description=_l("For example: called back at the office, name and two past challenges confirmed."),
        filters=[one_line],
        validators=[DataRequired(_l("Write how you made sure.")), AtMost(300)],
    )
