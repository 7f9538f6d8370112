"""Shape of a number and of its code."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from marketplace.fields import one_line

_MOBILE = re.compile(r"\+84[35789]\d{8}")


def normal_form(typed: str) -> str:
    """As numbers are kept: 0912 345 678 and 84912345678 are +84912345678."""
    digits = re.sub(r"[^\d+]", "", typed)
    return re.sub(r"^(?:\+?84|0)", "+84", digits)


class NumberForm(FlaskForm):
    """A mobile number of Vietnam, written as people write it."""

    number = StringField(
        _l("Mobile number"), filters=[one_line], validators=[DataRequired(_l("Enter a mobile number.")), Length(max=40)]
    )

    def validate_number(self, field):
        if not _MOBILE.fullmatch(normal_form(field.data or "")):
            raise ValidationError(_("This is no mobile number of Vietnam, such as 0912 345 678."))


class NumberCodeForm(FlaskForm):
    """The six digits."""

    code = StringField(_l("Code"), filters=[one_line], validators=[DataRequired(_l("Enter the code.")), Length(max=20)])
