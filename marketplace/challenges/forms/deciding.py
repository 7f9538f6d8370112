"""Shape of what is typed where something is decided."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from marketplace import clock
from marketplace.challenges.words import PLEDGE_OUTCOMES
from marketplace.fields import AtMost, HanoiTimeField, Needed, several_lines
from marketplace.labels import GAPS
from marketplace.text import HANOI


def _reasons(label: Any, message: Any, hint: Any = "") -> TextAreaField:
    checks = [DataRequired(message), AtMost(3000)]
    return TextAreaField(label, description=hint, filters=[several_lines], validators=checks)


class ReasonsForm(FlaskForm):
    """Why something is sent back or cancelled."""

    reasons = _reasons(_l("Reasons"), _l("Give the reasons."))


class MessageForm(FlaskForm):
    """A message to the other side of the review."""

    body = _reasons(_l("Message"), _l("Write a message."), _l("Only the authors and the operator read it."))


class ExplanationForm(FlaskForm):
    """Why a statement is sent although something is missing."""

    explanation = _reasons(
        _l("Why it cannot be filled in"),
        _l("Explain why it cannot be filled in."),
        _l("The operator reads this and decides whether it may be published without."),
    )


class WaiverForm(FlaskForm):
    """What the operator lets pass, and why."""

    gap = SelectField(_l("What may be missing"), validate_choice=False, validators=[DataRequired(_l("Choose one."))])
    reason = _reasons(_l("Reason"), _l("Give the reason."), _l("Everybody can read it beside the statement."))

    def offer(self, names: list[str]) -> "WaiverForm":
        """Let these gaps be chosen."""
        self.gap.choices = [(name, GAPS[name]) for name in names]
        return self


class ScheduleForm(FlaskForm):
    """When a challenge publishes itself."""

    publish_at = HanoiTimeField(
        _l("Publish at (Hanoi time)"), validators=[DataRequired(_l("Say when it is published."))]
    )

    def validate_publish_at(self, field: HanoiTimeField) -> None:
        if field.utc and field.utc <= clock.now():
            raise ValidationError(_("This moment is over."))


class PledgeForm(FlaskForm):
    """What became of the promise to decide about use."""

    outcome = RadioField(
        _l("What happened"), choices=list(PLEDGE_OUTCOMES.items()), validators=[DataRequired(_l("Choose one."))]
    )
    decided_on = DateField(_l("Day of the decision"), validators=[Needed(), Optional()])
    reason = _reasons(
        _l("In a few sentences"),
        _l("Say in a few sentences what was decided, or why it was dropped."),
        _l("What was decided and what comes next, or why it was dropped. Everybody can read it."),
    )

    def validate_outcome(self, field: RadioField) -> None:
        if field.data == "decided" and self.decided_on.data is None and not self.decided_on.errors:
            raise ValidationError(_("Say on which day it was decided."))

    def validate_decided_on(self, field: DateField) -> None:
        if field.data is not None and field.data > clock.now().astimezone(HANOI).date():
            raise ValidationError(_("This day has not come yet."))
