"""Shape of an undertaking, of its acceptance, and of files for a data room."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional

from marketplace.fields import AtMost, Needed, several_lines


class RoomTextForm(FlaskForm):
    """The words of the undertaking."""

    text_vi = TextAreaField(
        _l("Undertaking in Vietnamese"),
        description=_l("What readers promise, for how long, and what follows if they break it."),
        filters=[several_lines],
        validators=[DataRequired(_l("Write the undertaking.")), AtMost(10_000)],
    )
    text_en = TextAreaField(
        _l("Undertaking in English"), filters=[several_lines], validators=[Optional(), AtMost(10_000)]
    )


class RoomFilesForm(FlaskForm):
    """Files, and who may open them."""

    files = MultipleFileField(_l("Files"), validators=[Needed()])
    access = RadioField(
        _l("Who may open them"),
        choices=[
            ("open", _l("Everybody who sees the challenge")),
            ("confidential", _l("Whoever accepted the undertaking; every opening is noted")),
        ],
        default="open",
        validators=[DataRequired()],
    )


class AcceptanceForm(FlaskForm):
    """Accepting for an organisation or for oneself."""

    sha256 = HiddenField(validators=[DataRequired()])
    organisation = SelectField(_l("In whose name"), validators=[Optional()])
    accepts = BooleanField(
        _l("I have read the undertaking and accept it"),
        validators=[DataRequired(_l("Accept the undertaking, or leave the files closed."))],
    )
