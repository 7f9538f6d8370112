"""Shape of a word on two entries, and of an order of all."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Regexp, ValidationError

from marketplace.fields import AtMost, several_lines
from marketplace.judging.models import Sheet
from marketplace.pages import plain

CHOICES = [
    ("one", _l("The left one is better")),
    ("other", _l("The right one is better")),
    ("equal", _l("Equally good")),
]


class PairForm(FlaskForm):
    """Which of two is better; fields `left` and `right` are the references of their sheets."""

    left = HiddenField()
    right = HiddenField()
    edition = HiddenField(default="0", validators=[Regexp("^[0-9]{1,9}$")])
    outcome: Any = RadioField(_l("Which is better?"), choices=CHOICES, validators=[DataRequired(_l("Choose one."))])
    reason = TextAreaField(
        _l("Why"),
        description=_l("A sentence is needed where both are equally good. Only the panel reads it."),
        filters=[several_lines],
        validators=[AtMost(1000)],
    )

    def validate_reason(self, field: TextAreaField) -> None:
        if self.outcome.data == "equal" and not field.data:
            raise ValidationError(_l("Say in a sentence why both are equally good."))


def order_form(sheets: Sequence[Sheet]) -> type[FlaskForm]:
    """A form with a place for each entry, numbered, so that names of fields say nothing of who entered."""
    places = [("", _l("No place yet")), *((str(number), str(number)) for number in range(1, len(sheets) + 1))]
    fields: dict[str, Any] = {
        f"place_{number}": SelectField(
            plain(sheet.entry, "title"), choices=places, validators=[DataRequired(_l("Give every entry a place."))]
        )
        for number, sheet in enumerate(sheets, 1)
    }
    return type("OrderForm", (FlaskForm,), fields)
