"""Shape of an appeal and of its answer."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired

from marketplace.fields import AtMost, several_lines
from marketplace.judging.appealing.stages import Verdict

VERDICTS = {
    Verdict.REJECTED.value: _l("Not upheld: the rule was followed"),
    Verdict.CORRECTED.value: _l("Upheld, and put right: the result stays as it is"),
    Verdict.REOPENED.value: _l("Upheld: the results are withdrawn and the panel decides again"),
}


class AppealForm(FlaskForm):
    """Which rule was not followed, and how; the choices are the sentences of the rules."""

    rule: Any = RadioField(_l("Rule that was not followed"), validators=[DataRequired(_l("Choose the rule."))])
    statement = TextAreaField(
        _l("What happened"),
        description=_l("Facts that can be checked. Only those who answer read it; the answer is public."),
        filters=[several_lines],
        validators=[DataRequired(_l("Say what happened.")), AtMost(4000)],
    )

    def __init__(self, sentences: Mapping[str, str], **options: Any):
        super().__init__(**options)
        self.rule.choices = [*sentences.items()]


class AnswerForm(FlaskForm):
    """What the appeal comes to, and why."""

    verdict: Any = RadioField(_l("Decision"), choices=[*VERDICTS.items()], validators=[DataRequired(_l("Choose one."))])
    because = TextAreaField(
        _l("Reasons"),
        description=_l("Everybody reads them with the results. Name neither the entrant nor judges."),
        filters=[several_lines],
        validators=[DataRequired(_l("Give the reasons.")), AtMost(2000)],
    )
