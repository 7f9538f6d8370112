"""Shape of what an operator types before looking."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.fields import AtMost, several_lines


class ViewingForm(FlaskForm):
    """Why; the person reads it."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[several_lines],
        validators=[
            DataRequired(_l("Write the reason.")),
            Length(min=20, message=_l("Use at least 20 characters.")),
            AtMost(1000),
        ],
    )
