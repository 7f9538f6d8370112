"""Shape of a letter to many."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.fields import AtMost, one_line, several_lines
from marketplace.labels import AUDIENCES_OF_LETTERS


def _subject(label: Any, *validators: Any) -> StringField:
    most = Length(max=200, message=_l("Use at most 200 characters."))
    return StringField(label, filters=[one_line], validators=[*validators, most])


class BroadcastForm(FlaskForm):
    """To whom, and what, in Vietnamese and where wanted in English."""

    audience = SelectField(_l("To whom"), choices=list(AUDIENCES_OF_LETTERS.items()), validators=[DataRequired()])
    subject_vi = _subject(_l("Subject (Vietnamese)"), DataRequired(_l("Write the subject in Vietnamese.")))
    body_vi = TextAreaField(
        _l("Letter (Vietnamese)"),
        filters=[several_lines],
        validators=[DataRequired(_l("Write the letter in Vietnamese.")), AtMost(5000)],
    )
    subject_en = _subject(_l("Subject (English)"))
    body_en = TextAreaField(_l("Letter (English)"), filters=[several_lines], validators=[AtMost(5000)])
