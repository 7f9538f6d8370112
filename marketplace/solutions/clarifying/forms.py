"""Shape of a clarification and of its answer."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, TextAreaField
from wtforms.validators import DataRequired, NumberRange

from marketplace.fields import AtMost, WholeNumberField, several_lines

MOST_DAYS = 15


class AskForm(FlaskForm):
    """What is unclear, and how long the entrant has."""

    question = TextAreaField(
        _l("What should be clarified or added"),
        description=_l("The entrant and the judges read it. A clarification adds; it does not change what was sent."),
        filters=[several_lines],
        validators=[DataRequired(_l("Say what should be clarified.")), AtMost(3000)],
    )
    days = WholeNumberField(
        _l("Days to answer, until 17:00 of the last"),
        default=3,
        validators=[
            DataRequired(_l("Say how many days.")),
            NumberRange(1, MOST_DAYS, _l("Choose a number of days from 1 to 15.")),
        ],
    )


class ReplyForm(FlaskForm):
    """The answer, with files if they help."""

    answer = TextAreaField(
        _l("Your answer"),
        filters=[several_lines],
        validators=[DataRequired(_l("Write your answer.")), AtMost(5000)],
    )
    files = MultipleFileField(_l("Files"))
