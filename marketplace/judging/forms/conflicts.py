"""Shape of declarations of interest; the form has a field for each entry and is made for the page at hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.judging.forms.parts import asked_where_needed, one_line, reasons_field
from marketplace.judging.models import Entry
from marketplace.judging.stages import Wish
from marketplace.pages import plain


class RecusalForm(FlaskForm):
    """Giving an entry back."""

    reason = reasons_field(_l("What the conflict is"), _l("Say what the conflict is."))


class ObjectionForm(FlaskForm):
    """An entrant saying why a judge should not read its entry."""

    reason = reasons_field(
        _l("Why this judge may be partial"),
        _l("Say why."),
        _l("Name facts: a contract, a dispute, kinship, a shared employer. The secretary reads it and decides."),
    )


class VerdictForm(FlaskForm):
    """The secretary deciding about a pair of judge and entry."""

    because = reasons_field(_l("Reasons"), _l("Give the reasons."))


def wishes_form(entries: Mapping[str, Entry]) -> type[FlaskForm]:
    """A form with a wish for each entry, by the names of the fields."""
    choices = [
        (Wish.WANT.value, _l("I would like to")),
        (Wish.CAN.value, _l("I can")),
        (Wish.RATHER_NOT.value, _l("Rather not")),
    ]
    fields: dict[str, Any] = {
        name: RadioField(plain(entry, "title"), choices=choices, default=Wish.CAN.value)
        for name, entry in entries.items()
    }
    return type("WishesForm", (FlaskForm,), fields)


def conflicts_form(entries: Sequence[Entry]) -> type[FlaskForm]:
    """A form with an answer and a reason for each entrant, named by its reference: that says nothing of its entry."""
    fields: dict[str, Any] = {}
    for entry in entries:
        entrant = entry.solution.organisation
        reference = entrant.reference
        fields[f"answer_{reference}"] = RadioField(
            plain(entrant, "name"),
            choices=[("none", _l("No conflict")), ("conflict", _l("Conflict of interest"))],
            validators=[InputRequired(_l("Answer for %(entrant)s.", entrant=plain(entrant, "name")))],
        )
        fields[f"reason_{reference}"] = StringField(
            _l("What the conflict is"),
            filters=[one_line],
            validators=[
                asked_where_needed,
                _reason_where_conflict,
                Length(max=500, message=_l("Use at most 500 characters.")),
            ],
        )
    return type("ConflictsForm", (FlaskForm,), fields)


def _reason_where_conflict(form: FlaskForm, field: StringField) -> None:
    if form[field.name.replace("reason_", "answer_", 1)].data == "conflict" and not field.data:
        raise ValidationError(_l("Say what the conflict is."))
