"""Shape of the forms of those who decide: ending scoring, drafting results, sending them back."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from marketplace import clock
from marketplace.challenges.models import Prize
from marketplace.fields import HanoiTimeField
from marketplace.judging.forms.parts import asked_where_needed, one_line, reasons_field, several_lines
from marketplace.judging.models import Entry
from marketplace.pages import plain


class ReturnForm(FlaskForm):
    """Sending drafted results back."""

    reasons = reasons_field(_l("What should be changed"), _l("Say what should be changed."))


class ScheduleResultsForm(FlaskForm):
    """When results publish themselves."""

    publish_at = HanoiTimeField(
        _l("Publish at (Hanoi time)"), validators=[DataRequired(_l("Say when they are published."))]
    )
    # SHA-256 of what the page showed
    reviewed = HiddenField()

    def validate_publish_at(self, field: HanoiTimeField) -> None:
        if field.utc and field.utc <= clock.now():
            raise ValidationError(_("This moment is over."))


class SheetReturnForm(FlaskForm):
    """The chair asking a judge to look again."""

    reason = reasons_field(
        _l("Why the judge should look again"),
        _l("Say why."),
        _l("The judge reads it. It asks; it does not say which points to give."),
    )


class CloseForm(FlaskForm):
    """Ending scoring."""

    despite_open = BooleanField(_l("End scoring although sheets are unfinished"))


def decision_form(entries: Sequence[Entry], prizes: Sequence[Prize] = ()) -> type[FlaskForm]:
    """A form with what is proposed for each entry, named by its reference, and reasons; `prizes` are to choose from."""
    fields: dict[str, Any] = {}
    for entry in entries:
        reference = entry.solution.reference
        fields[f"awarded_{reference}"] = BooleanField(_l("Gets an award"))
        if tiers := [(str(each.position), plain(each, "name")) for each in prizes if each.field in (None, entry.field)]:
            fields[f"prize_{reference}"] = SelectField(
                _l("Prize"), choices=[("", _l("None of the challenge's prizes")), *tiers], validators=[Optional()]
            )
        fields[f"award_vi_{reference}"] = _award(_l("Name of the award in Vietnamese"), asked_where_needed)
        fields[f"award_en_{reference}"] = _award(_l("Name of the award in English"))
        fields[f"citation_vi_{reference}"] = _long(_l("Citation in Vietnamese: why it wins"), asked_where_needed)
        fields[f"citation_en_{reference}"] = _long(_l("Citation in English"))
    fields["reasons_vi"] = _long(_l("Reasons in Vietnamese"), asked_where_needed)
    fields["reasons_en"] = _long(_l("Reasons in English"))
    return type("DecisionForm", (FlaskForm,), fields)


def _award(label: Any, *validators: Any) -> StringField:
    length = Length(max=200, message=_l("Use at most 200 characters."))
    return StringField(label, filters=[one_line], validators=[*validators, length])


def _long(label: Any, *validators: Any) -> TextAreaField:
    length = Length(max=2000, message=_l("Use at most 2,000 characters."))
    return TextAreaField(label, filters=[several_lines], validators=[*validators, length])
