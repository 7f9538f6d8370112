"""Shape of what comes from a browser that opened a passkey."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from marketplace.fields import one_line


class PasskeyNameForm(FlaskForm):
    """By which its owner knows it."""

    name = StringField(
        _l("Name of the device"),
        filters=[one_line],
        validators=[DataRequired(_l("Write a name.")), Length(max=100, message=_l("Use at most 100 characters."))],
    )


class AnswerForm(FlaskForm):
    """What the device said, in JSON; the script fills it in."""

    answer = HiddenField(
        validators=[
            DataRequired(_l("Your browser sent no passkey. Passkeys need JavaScript and a recent browser.")),
            Length(max=20_000, message=_l("This is no passkey.")),
        ]
    )


class NewPasskeyForm(PasskeyNameForm, AnswerForm):
    """A name and the passkey."""
