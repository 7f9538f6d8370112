"""Pieces that several judging forms share."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from marketplace.text import clean_line, clean_text


def one_line(value: str | None) -> str:
    return clean_line(value) if value else ""


def several_lines(value: str | None) -> str:
    return clean_text(value) if value else ""


def asked_where_needed(_form: FlaskForm, _field: Any) -> None:
    """Takes "(optional)" off the label of a field that another answer may call for; the deed checks it."""


asked_where_needed.field_flags = {"input_required": True}  # type: ignore[attr-defined]


def reasons_field(label: Any, message: Any, description: Any = "") -> TextAreaField:
    return TextAreaField(
        label,
        description=description,
        filters=[several_lines],
        validators=[InputRequired(message), Length(max=2000, message=_l("Use at most 2,000 characters."))],
    )
