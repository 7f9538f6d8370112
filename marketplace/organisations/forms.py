"""Shape of what people type about organisations."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, ValidationError

from marketplace.accounts.models import Person
from marketplace.labels import EVIDENCE_KINDS, KINDS, ROLES, word
from marketplace.organisations.capabilities import capabilities_from
from marketplace.organisations.models import Organisation, Place
from marketplace.organisations.policy import can_invite
from marketplace.organisations.stages import KINDS_TO_REGISTER, EvidenceKind, Kind, Role
from marketplace.organisations.tax_code import normalised_tax_code
from marketplace.text import clean_line, clean_text

MOST_CAPABILITIES = 30
TOO_LONG = _l("Use at most %(max)d characters.")


def _line(label: Any, hint: Any = "", *, most: int = 300) -> StringField:
    return StringField(label, description=hint, filters=[_cleaned(clean_line)], validators=[_at_most(most)])


def _text(label: Any, hint: Any = "", *, most: int = 2000) -> TextAreaField:
    return TextAreaField(label, description=hint, filters=[_cleaned(clean_text)], validators=[_at_most(most)])


def _at_most(most: int) -> Length:
    return Length(max=most, message=TOO_LONG)


def _cleaned(how: Any) -> Any:
    return lambda value: (how(value) or None) if value else None


class ProfileForm(FlaskForm):
    """The public profile of an organisation."""

    name_vi = _line(_l("Name in Vietnamese"), _l("As it stands in the register."))
    name_en = _line(_l("Name in English"))
    summary_vi = _text(_l("What you do, in Vietnamese"))
    summary_en = _text(_l("What you do, in English"))
    capabilities = _text(
        _l("What you are able to do"),
        _l("One thing a line, Vietnamese and English parted by a bar, or in one language: thủy văn | hydrology"),
        most=6000,
    )
    website = _line(_l("Website"), _l("For example https://example.vn"))
    place_code = SelectField(_l("Commune or ward"), validators=[Optional()], coerce=lambda code: code or None)
    tax_code = _line(_l("Tax code"), _l("10 digits, or 13 for a branch; each organisation is here only once."), most=20)

    def offer_places(self, places: Sequence[Place], *, language: str) -> None:
        """Let people choose among these."""
        names = [(place.code, place.name_vi if language == "vi" else place.name_en) for place in places]
        self.place_code.choices = [("", _("Not in Hanoi, or not said")), *names]

    def columns(self, language: str) -> dict[str, Any]:
        """What was typed, as columns of the organisation; a line in one language is in that of the page."""
        typed = {name: value for name, value in self.data.items() if name in _COLUMNS}
        return typed | {"capabilities": capabilities_from(self.capabilities.data or "", language)}

    def validate_name_vi(self, field):
        if not field.data and not self.name_en.data:
            raise ValidationError(_("Enter a name in Vietnamese or in English."))

    def validate_capabilities(self, field):
        lines = capabilities_from(field.data or "", "vi")
        if len(lines) > MOST_CAPABILITIES:
            raise ValidationError(_("Use at most %(number)s lines.", number=MOST_CAPABILITIES))
        if any(len(text) > 200 for line in lines for text in line.values()):
            raise ValidationError(_("Use at most 200 characters a line."))

    def validate_website(self, field):
        if field.data and "://" not in field.data:
            field.data = f"https://{field.data}"
        if field.data and not _is_web_address(field.data):
            raise ValidationError(_("Enter an address that begins with https:// or http://."))

    def validate_tax_code(self, field):
        if not field.data:
            return
        try:
            field.data = normalised_tax_code(field.data)
        except ValueError:
            raise ValidationError(_("This is no tax code: check the digits.")) from None


_COLUMNS = {"name_vi", "name_en", "summary_vi", "summary_en", "website", "place_code", "tax_code", "trl_from", "trl_to"}


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port_is_sensible = parts.port is None or parts.port > 0
    except ValueError:
        return False
    has_host = "." in (parts.hostname or "").strip(".")
    return (
        parts.scheme in {"http", "https"}
        and has_host
        and port_is_sensible
        and " " not in address
        and not parts.username
    )


class RegisterForm(ProfileForm):
    """A new organisation: its kind, and its profile."""

    kind = SelectField(
        _l("Kind of organisation"),
        choices=[(kind.value, KINDS[kind]) for kind in KINDS_TO_REGISTER],
        validators=[DataRequired()],
    )

    @property
    def chosen_kind(self) -> Kind:
        return Kind(self.kind.data)


class EditForm(ProfileForm):
    """The profile, with the readiness levels the organisation works at."""

    trl_from = IntegerField(_l("Technology readiness, from"), validators=[Optional(), NumberRange(1, 9)])
    trl_to = IntegerField(_l("Technology readiness, to"), validators=[Optional(), NumberRange(1, 9)])

    def validate_trl_to(self, field):
        if field.data and self.trl_from.data and field.data < self.trl_from.data:
            raise ValidationError(_("The second level is not below the first."))


class InvitationForm(FlaskForm):
    """A role for an address."""

    email = EmailField(
        _l("E-mail address"),
        filters=[_cleaned(clean_line)],
        validators=[
            DataRequired(_l("Enter an e-mail address.")),
            Email(_l("This is no e-mail address.")),
            _at_most(255),
        ],
    )
    role = SelectField(_l("Role"), validators=[DataRequired()])

    def offer_roles(self, actor: Person, organisation: Organisation) -> None:
        """Let people choose among the roles that the actor may give."""
        self.role.choices = [
            (role.value, word(ROLES, role)) for role in reversed(Role) if can_invite(actor, organisation, role)
        ]


class EvidenceForm(FlaskForm):
    """A line of the track record."""

    kind = SelectField(
        _l("Kind of evidence"),
        choices=[(kind.value, EVIDENCE_KINDS[kind]) for kind in EvidenceKind],
        validators=[DataRequired()],
    )
    year = IntegerField(_l("Year"), validators=[Optional(), NumberRange(1950, 2100, _l("Enter a year, such as 2024."))])
    title_vi = _line(_l("Title in Vietnamese"))
    title_en = _line(_l("Title in English"))
    description_vi = _text(_l("What was done, in Vietnamese"))
    description_en = _text(_l("What was done, in English"))
    partner_vi = _line(_l("For whom or with whom"))

    def validate_title_vi(self, field):
        if not field.data and not self.title_en.data:
            raise ValidationError(_("Enter a title in Vietnamese or in English."))
