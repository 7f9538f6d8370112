"""Shape of what is typed where something is decided."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from marketplace.fields import AtMost, several_lines


class ReasonsForm(FlaskForm):
    """Why something is sent back or cancelled."""

    reasons = TextAreaField(
        _l("Reasons"),
        filters=[several_lines],
        validators=[DataRequired(_l("Give the reasons.")), AtMost(3000)],
    )
