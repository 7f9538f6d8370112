"""Shape of the address that wants to follow."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import DataRequired, Email

from marketplace.fields import AtMost, one_line


class FollowForm(FlaskForm):
    """One address."""

    email = EmailField(
        _l("E-mail address"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Enter an e-mail address.")),
            Email(_l("This is no e-mail address.")),
            AtMost(255),
        ],
    )
