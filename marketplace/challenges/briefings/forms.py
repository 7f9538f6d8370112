"""Shape of a briefing, of registering, of calling it off."""

from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from marketplace import clock
from marketplace.fields import AtMost, HanoiTimeField, WholeNumberField, one_line, several_lines

COLUMNS = ("title_vi", "title_en", "seats", "place", "call_url")


class BriefingForm(FlaskForm):
    """When, how many, and where."""

    title_vi = StringField(
        _l("Title in Vietnamese"),
        filters=[one_line],
        validators=[DataRequired(_l("Enter a title in Vietnamese.")), AtMost(200)],
    )
    title_en = StringField(_l("Title in English"), filters=[one_line], validators=[Optional(), AtMost(200)])
    starts_at = HanoiTimeField(_l("Begins (Hanoi time)"), validators=[DataRequired(_l("Say when it begins."))])
    ends_at = HanoiTimeField(_l("Ends (Hanoi time)"), validators=[DataRequired(_l("Say when it ends."))])
    seats = WholeNumberField(
        _l("Seats"),
        description=_l("Leave empty if everybody may come. Who registers later waits for a seat."),
        validators=[Optional(), NumberRange(1, 10_000, _l("Write a number from 1 to 10,000."))],
    )
    place = TextAreaField(
        _l("Where it takes place"),
        description=_l("Only those who have a seat read place and address."),
        filters=[several_lines],
        validators=[AtMost(1_000)],
    )
    call_url = StringField(_l("Address of the call"), filters=[one_line], validators=[Optional(), AtMost(500)])

    def validate_starts_at(self, field: HanoiTimeField) -> None:
        if field.utc and field.utc <= clock.now():
            raise ValidationError(_("This time is past."))

    def validate_ends_at(self, field: HanoiTimeField) -> None:
        if self.starts_at.utc and field.utc and field.utc <= self.starts_at.utc:
            raise ValidationError(_("It must end after it began."))

    def validate_place(self, field: TextAreaField) -> None:
        if not field.data and not self.call_url.data:
            raise ValidationError(_("Give the place or the address of the call."))

    def validate_call_url(self, field: StringField) -> None:
        parts = urlsplit(field.data or "")
        if field.data and (parts.scheme not in {"https", "http"} or not parts.netloc):
            raise ValidationError(_("Write a whole address that begins with https://."))

    def columns(self) -> dict[str, object]:
        """What the valid form says."""
        return {name: self[name].data for name in COLUMNS} | {
            "starts_at": self.starts_at.utc,
            "ends_at": self.ends_at.utc,
        }


class RegistrationForm(FlaskForm):
    """For which organisation somebody comes."""

    organisation = SelectField(_l("For which organisation"), validators=[Optional()])


class CancellationForm(FlaskForm):
    """Why it does not take place."""

    because = TextAreaField(
        _l("Reasons"), filters=[several_lines], validators=[DataRequired(_l("Give the reasons.")), AtMost(2_000)]
    )
