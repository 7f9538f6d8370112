"""Shape of what the operator writes about weights."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.fields import AtMost, several_lines


class ReasonForm(FlaskForm):
    """Why other weights are used from now on."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("Everybody reads it here, and it stands in the journal."),
        filters=[several_lines],
        validators=[
            DataRequired(_l("Write the reason.")),
            Length(min=20, message=_l("Use at least 20 characters.")),
            AtMost(1000),
        ],
    )
