"""Shape of requests, answers and letters between two organisations."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from marketplace import clock
from marketplace.fields import AtMost, several_lines
from marketplace.labels import DECLINE_REASONS, word
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.stages import Reason
from marketplace.organisations.models import Organisation
from marketplace.pages import plain
from marketplace.text import HANOI

LONGEST_PURPOSE = 1_500
LONGEST_MESSAGE = 5_000


class AskForm(FlaskForm):
    """In whose name, and what for."""

    asker = SelectField(_l("In the name of"), validators=[DataRequired(_l("Choose your organisation."))])
    purpose = TextAreaField(
        _l("What for"),
        description=_l("What you want to do together and why with them. They read this before they answer."),
        filters=[several_lines],
        validators=[DataRequired(_l("Say what you want to do together.")), AtMost(LONGEST_PURPOSE)],
    )
    details = TextAreaField(
        _l("Details in confidence"),
        description=_l(
            "Shown to them only after they have undertaken to keep it confidential; who did and when is kept."
        ),
        filters=[several_lines],
        validators=[Optional(), AtMost(LONGEST_MESSAGE)],
    )

    def offer(self, organisations: Sequence[Organisation]) -> None:
        """Let people ask in the name of one of these."""
        self.asker.choices = [(each.slug, plain(each, "name")) for each in organisations]


class DeclineForm(FlaskForm):
    """Why not."""

    reason = RadioField(_l("Why"), validators=[DataRequired(_l("Choose a reason."))])
    remark = TextAreaField(
        _l("A word to them"), filters=[several_lines], validators=[Optional(), AtMost(LONGEST_PURPOSE)]
    )
    blocks = BooleanField(_l("Take no more requests from this organisation"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reason.choices = [(each.value, word(DECLINE_REASONS, each)) for each in Reason]


class MessageForm(FlaskForm):
    """One message to the other side."""

    text = TextAreaField(
        _l("Message"),
        filters=[several_lines],
        validators=[DataRequired(_l("Write your message.")), AtMost(LONGEST_MESSAGE)],
    )
    in_confidence = BooleanField(
        _l("In confidence"), description=_l("Read only by those who gave the undertaking of confidentiality.")
    )


class UndertakingForm(FlaskForm):
    """A word that binds is ticked, never ticked before."""

    agreed = BooleanField(
        _l("I have read this and undertake it for my organisation"),
        validators=[DataRequired(_l("Tick that you undertake it."))],
    )


class ContractForm(FlaskForm):
    """When the two signed."""

    happened_on = DateField(_l("Signed on"), validators=[DataRequired(_l("Give the day."))])

    def __init__(self, introduction: Introduction, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.introduction = introduction

    def validate_happened_on(self, field):
        accepted = self.introduction.answered_at or self.introduction.asked_at
        if not accepted.astimezone(HANOI).date() <= field.data <= clock.now().astimezone(HANOI).date():
            raise ValidationError(_("Choose a day after the introduction, not in the future."))
