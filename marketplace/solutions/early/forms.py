"""Shape of the reasons for an opening before closing."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from marketplace.fields import AtMost, several_lines


class OpeningForm(FlaskForm):
    """Why it must be opened now."""

    reason = TextAreaField(
        _l("Reasons"),
        description=_l("Everybody reads them once it is opened."),
        filters=[several_lines],
        validators=[DataRequired(_l("Give the reasons.")), AtMost(3_000)],
    )
