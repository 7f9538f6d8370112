"""Shape of what entrants say of the authors of their entry."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from marketplace.fields import AddressField, AtMost, Needed, PercentField, WholeNumberField, one_line


class AuthorForm(FlaskForm):
    """An author's name and share."""

    full_name = StringField(
        _l("Full name"), filters=[one_line], validators=[DataRequired(_l("Enter the full name.")), AtMost(200)]
    )
    share_bp = PercentField(
        _l("Contribution in percent"), description=_l("All authors together make 100."), validators=[Needed()]
    )

    def validate_share_bp(self, field: PercentField) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Give the contribution in percent."))

    def columns(self) -> dict[str, Any]:
        """What the deed takes."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}


class NamedAuthorForm(AuthorForm):
    """An author not named so far."""

    email = AddressField(description=_l("The author gets a letter with a link; an account is not needed."))


class SupervisorForm(FlaskForm):
    """Who supervised an author; without an address nobody did."""

    supervisor_email = AddressField(
        _l("E-mail address of the supervisor"),
        may_miss=True,
        description=_l("Whoever supervised this author's thesis or research. Empty: nobody in the last years."),
    )
    supervised_until = WholeNumberField(
        _l("Until"),
        description=_l("The year. Empty: until today."),
        validators=[Optional(), NumberRange(1950, 2100, _l("Enter a year, such as 2024."))],
    )
