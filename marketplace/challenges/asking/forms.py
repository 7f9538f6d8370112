"""Shape of questions, answers, and what the agency says about the time while a challenge is open."""

from collections.abc import Sequence
from textwrap import shorten

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from marketplace.challenges.asking.models import Question
from marketplace.fields import AtMost, HanoiTimeField, several_lines
from marketplace.pages import plain

LONGEST_QUESTION = 1_500
LONGEST_ANSWER = 5_000


class QuestionForm(FlaskForm):
    """One question to the agency."""

    text = TextAreaField(
        _l("Your question"),
        description=_l("Do not say who you are or what you propose: everybody reads question and answer."),
        filters=[several_lines],
        validators=[DataRequired(_l("Write your question.")), AtMost(LONGEST_QUESTION)],
    )


class AnswerForm(FlaskForm):
    """The answer, in one language or both; and the question in the language in which it was not asked."""

    # not Optional: it would end the check of the pair
    answer_vi = TextAreaField(_l("Answer in Vietnamese"), filters=[several_lines], validators=[AtMost(LONGEST_ANSWER)])
    answer_en = TextAreaField(_l("Answer in English"), filters=[several_lines], validators=[AtMost(LONGEST_ANSWER)])
    translation = TextAreaField(
        _l("The question in the other language"),
        filters=[several_lines],
        validators=[Optional(), AtMost(LONGEST_QUESTION)],
    )

    def validate_answer_vi(self, field: TextAreaField) -> None:
        if not field.data and not self.answer_en.data:
            raise ValidationError(_("Write the answer in Vietnamese or in English."))


class MergeForm(FlaskForm):
    """Which question was the same."""

    # whether it may be named is asked by the deed
    number = SelectField(
        _l("Same as"),
        coerce=lambda typed: int(typed) if str(typed).isdecimal() else None,
        validate_choice=False,
        validators=[DataRequired(_l("Choose the question."))],
    )

    def offer(self, questions: Sequence[Question]) -> None:
        """Name these to choose from."""
        self.number.choices = [
            (each.number, f"{each.number}. {shorten(plain(each, 'text'), 90, placeholder='…')}") for each in questions
        ]


class OpenTermsForm(FlaskForm):
    """Promises about the time while it is open."""

    questions_close_at = HanoiTimeField(
        _l("Questions are taken until (Hanoi time)"),
        description=_l("Left empty: five days before the challenge closes."),
        validators=[Optional()],
    )
    shows_numbers = BooleanField(
        _l("Show how many have applied while the challenge is open"),
        description=_l("Once a day, by kind of organisation, only in bands such as 1 to 5. Never who or what."),
    )
