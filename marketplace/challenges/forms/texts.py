"""Fields for the texts of a problem statement: one line or several; needed, or left out without harm."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from marketplace.fields import AtMost, Needed, one_line, several_lines

LONGEST_TEXT = 10_000


def line(label: Any, hint: Any = "", *, required: Any = None, needed: bool = False, most: int = 300) -> StringField:
    """One line; `required` is what is said where it is empty, `needed` one that the review asks for later."""
    checks = [DataRequired(required)] if required else [Needed() if needed else Optional()]
    return StringField(label, description=hint, filters=[one_line], validators=[*checks, AtMost(most)])


def text(label: Any, hint: Any = "", *, needed: bool = False, most: int = LONGEST_TEXT) -> TextAreaField:
    """Several lines."""
    checks = [Needed() if needed else Optional(), AtMost(most)]
    return TextAreaField(label, description=hint, filters=[several_lines], validators=checks)
