"""Shape of a later closing for single entrants, and of its code."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange

from marketplace.fields import AtMost, HanoiTimeField, WholeNumberField, one_line, several_lines


class PassForm(FlaskForm):
    """Until when, for how many, and why."""

    until = HanoiTimeField(_l("Later closing (Hanoi time)"), validators=[DataRequired(_l("Say when it closes."))])
    most_uses = WholeNumberField(
        _l("For how many entrants"),
        default=1,
        validators=[
            DataRequired(_l("Say for how many entrants.")),
            NumberRange(1, 50, _l("Choose a number from 1 to 50.")),
        ],
    )
    reason = TextAreaField(
        _l("Reasons"),
        description=_l("Kept for the auditor. The public reads only how many later closings were given."),
        filters=[several_lines],
        validators=[DataRequired(_l("Give the reasons.")), AtMost(2000)],
    )


class CodeForm(FlaskForm):
    """The code that the agency gave."""

    code = StringField(
        _l("Code for a later closing"), filters=[one_line], validators=[DataRequired(_l("Enter the code.")), AtMost(30)]
    )
