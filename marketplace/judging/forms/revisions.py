"""Shape of a required revision, and of what the chair says of it."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from marketplace.fields import AtMost, WholeNumberField, several_lines
from marketplace.judging.forms.parts import reasons_field
from marketplace.judging.stages import Look
from marketplace.solutions.clarifying.forms import MOST_DAYS

LOOKS = {
    Look.CHAIR.value: _l("The chair looks whether the list was followed"),
    Look.JUDGES.value: _l("The same judges read it again and may change their points"),
}


class RevisionForm(FlaskForm):
    """What has to be revised, how long the entrant has, and who looks again."""

    wanted = TextAreaField(
        _l("What has to be revised, one point a line"),
        description=_l("The entrant gets this list by letter and sends a revision once; the judges see both."),
        filters=[several_lines],
        validators=[DataRequired(_l("Say what has to be revised.")), AtMost(3000)],
    )
    days = WholeNumberField(
        _l("Days to revise, until 17:00 of the last"),
        default=5,
        validators=[
            DataRequired(_l("Say how many days.")),
            NumberRange(1, MOST_DAYS, _l("Choose a number of days from 1 to 15.")),
        ],
    )
    looks = RadioField(
        _l("Who looks at it again"),
        choices=[*LOOKS.items()],
        default=Look.CHAIR.value,
        validators=[InputRequired(_l("Choose one."))],
    )


class RevisionDecisionForm(FlaskForm):
    """Whether the revision will do."""

    accepted = RadioField(
        _l("The list was followed"),
        choices=[("yes", _l("Yes: the entry can win")), ("no", _l("No: the entry cannot win"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    because = reasons_field(_l("Why"), _l("Say why."), _l("For the panel and its record."))
