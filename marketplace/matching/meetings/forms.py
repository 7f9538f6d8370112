"""Shape of proposed times."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from marketplace import clock
from marketplace.fields import AtMost, HanoiTimeField, WholeNumberField, one_line, several_lines

FARTHEST = timedelta(days=90)


class MeetingForm(FlaskForm):
    """Up to three times, how long, and where."""

    time_1 = HanoiTimeField(_l("First time (Hanoi time)"), validators=[DataRequired(_l("Propose at least one time."))])
    time_2 = HanoiTimeField(_l("Second time (Hanoi time)"), validators=[Optional()])
    time_3 = HanoiTimeField(_l("Third time (Hanoi time)"), validators=[Optional()])
    minutes = WholeNumberField(
        _l("Length in minutes"),
        default=60,
        validators=[DataRequired(_l("Say how long.")), NumberRange(15, 480, _l("From 15 minutes to 8 hours."))],
    )
    place = StringField(
        _l("Meeting place"),
        description=_l("An address, or a link for a call."),
        filters=[one_line],
        validators=[DataRequired(_l("Say where you meet.")), AtMost(300)],
    )
    note = TextAreaField(_l("A word to them"), filters=[several_lines], validators=[Optional(), AtMost(1_500)])

    @property
    def times(self) -> list[datetime]:
        """The proposed moments in UTC."""
        return [field.utc for field in (self.time_1, self.time_2, self.time_3) if field.utc is not None]

    def validate_time_1(self, field):
        _must_come(field)

    def validate_time_2(self, field):
        _must_come(field)

    def validate_time_3(self, field):
        _must_come(field)


class CancelForm(FlaskForm):
    """Why not."""

    because = TextAreaField(_l("A word to them"), filters=[several_lines], validators=[Optional(), AtMost(1_500)])


def _must_come(field: HanoiTimeField) -> None:
    now = clock.now()
    if field.utc is not None and not now < field.utc < now + FARTHEST:
        raise ValidationError(_("Choose a time from now on, at most 90 days ahead."))
