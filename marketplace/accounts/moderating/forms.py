"""Shape of reports, decisions and objections."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.accounts.moderating.models import ReportedText
from marketplace.fields import AtMost, TypedReferenceField, several_lines
from marketplace.labels import REPORT_REASONS


class ReportForm(FlaskForm):
    """What is wrong."""

    reason = SelectField(
        _l("What is wrong with it?"), choices=list(REPORT_REASONS.items()), validators=[DataRequired()]
    )
    words = TextAreaField(_l("In your words"), filters=[several_lines], validators=[AtMost(1000)])


def _reason(label: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[several_lines],
        validators=[
            DataRequired(_l("Write the reason.")),
            Length(min=20, message=_l("Use at least 20 characters.")),
            AtMost(1000),
        ],
    )


class HidingForm(FlaskForm):
    """A reason that its authors read, and the reference typed by hand."""

    because = _reason(_l("Reason"))
    typed = TypedReferenceField(_l("Type the reference of the text"))

    def __init__(self, text: ReportedText, **values: Any):
        super().__init__(**values)
        self.typed.reference = text.reference


class AnswerForm(FlaskForm):
    """Why it stays hidden."""

    answer = _reason(_l("Answer to the objection"))


class ObjectionForm(FlaskForm):
    """Why it should be seen again."""

    words = TextAreaField(
        _l("Why should it be seen again?"),
        filters=[several_lines],
        validators=[DataRequired(_l("Write why.")), AtMost(2000)],
    )
