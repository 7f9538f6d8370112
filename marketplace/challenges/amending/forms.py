"""Shape of reasons for a change, a later closing, an outage."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from marketplace.fields import AtMost, HanoiTimeField, several_lines

LONGEST_REASON = 3_000


class ReasonForm(FlaskForm):
    """Why it changes, in one language or both; everybody reads it."""

    # not Optional: it would end the check of the pair
    reason_vi = TextAreaField(_l("Reason in Vietnamese"), filters=[several_lines], validators=[AtMost(LONGEST_REASON)])
    reason_en = TextAreaField(_l("Reason in English"), filters=[several_lines], validators=[AtMost(LONGEST_REASON)])

    def validate_reason_vi(self, field: TextAreaField) -> None:
        if not field.data and not self.reason_en.data:
            raise ValidationError(_("Give the reason in Vietnamese or in English."))


class QuestionsEndForm(FlaskForm):
    """Until when one may ask."""

    questions_close_at = HanoiTimeField(
        _l("Questions are taken until (Hanoi time)"),
        description=_l("Left empty: five days before the challenge closes."),
        validators=[Optional()],
    )


class LaterForm(FlaskForm):
    """A later closing for everybody."""

    closes_at = HanoiTimeField(_l("New closing (Hanoi time)"), validators=[DataRequired(_l("Say when it closes."))])
    reason_vi = TextAreaField(
        _l("Reason"),
        description=_l("Everybody reads it."),
        filters=[several_lines],
        validators=[DataRequired(_l("Give the reasons.")), AtMost(LONGEST_REASON)],
    )


class OutageForm(FlaskForm):
    """From when until when the platform could not be used."""

    began_at = HanoiTimeField(_l("Began (Hanoi time)"), validators=[DataRequired(_l("Say when it began."))])
    ended_at = HanoiTimeField(_l("Ended (Hanoi time)"), validators=[DataRequired(_l("Say when it ended."))])
    note = TextAreaField(
        _l("What happened"),
        description=_l("Everybody reads it."),
        filters=[several_lines],
        validators=[DataRequired(_l("Say what happened.")), AtMost(LONGEST_REASON)],
    )

    def validate_ended_at(self, field: HanoiTimeField) -> None:
        if self.began_at.utc and field.utc and field.utc <= self.began_at.utc:
            raise ValidationError(_("It must end after it began."))
