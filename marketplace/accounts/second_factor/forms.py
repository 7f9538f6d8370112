"""Shape of the code that somebody reads off an app."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from marketplace.fields import one_line


class CodeForm(FlaskForm):
    """Six digits, or a recovery code."""

    code = StringField(
        _l("Code"),
        filters=[one_line],
        validators=[DataRequired(_l("Enter the code.")), Length(max=40, message=_l("This is no code."))],
    )
