"""Shape of who sees a challenge, and of whom is invited."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Optional

from marketplace.fields import AtMost, one_line


class AudienceForm(FlaskForm):
    """Everybody, or whoever is invited."""

    audience = RadioField(
        _l("Who sees and answers it"),
        choices=[("everybody", _l("Everybody")), ("invited", _l("Only those whom the agency invites"))],
        validators=[DataRequired(_l("Choose one."))],
    )


class GuestForm(FlaskForm):
    """One organisation, or one person by address."""

    organisation = SelectField(_l("Organisation"), validators=[Optional()])
    email = StringField(
        _l("Or the e-mail address of a person"),
        filters=[one_line],
        validators=[Optional(), Email(_l("Write a whole e-mail address.")), AtMost(255)],
    )

    def validate(self, extra_validators: object = None) -> bool:
        """As every form, and one of both is given."""
        is_valid = super().validate(extra_validators)
        if is_valid and bool(self.organisation.data) == bool(self.email.data):
            self.organisation.errors = [_("Choose an organisation, or give the address of a person.")]
            return False
        return is_valid
