"""Shape of what the committee writes."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.judging.committee.stages import Choice
from marketplace.text import clean_text

CHOICES = [(Choice.FOR.value, _l("For")), (Choice.AGAINST.value, _l("Against")), (Choice.ABSTAIN.value, _l("Abstain"))]


def _sentences(label: Any, message: Any, description: Any = "") -> TextAreaField:
    length = Length(max=2000, message=_l("Use at most 2,000 characters."))
    checks = [DataRequired(message), length]
    return TextAreaField(label, description=description, filters=[_cleaned], validators=checks)


def _cleaned(value: str | None) -> str:
    return clean_text(value) if value else ""


class RemarkForm(FlaskForm):
    """A remark on an entry."""

    text = _sentences(_l("Remark for the panel"), _l("Write the remark."))


class MotionForm(FlaskForm):
    """Something to vote on; the entries it may be about are those the person may see."""

    text = _sentences(
        _l("What the panel votes on"),
        _l("Write what the panel votes on."),
        _l("A sentence to which one can say yes or no, for example: the entry gets the second prize."),
    )
    entry = SelectField(_l("Entry that it is about"), choices=[])


class VoteForm(FlaskForm):
    """One member's vote."""

    choice: Any = RadioField(_l("Vote"), choices=CHOICES, validators=[DataRequired(_l("Choose how you vote."))])
