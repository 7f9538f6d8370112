"""Shape of what people type about organisations."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from marketplace.accounts.models import Person
from marketplace.fields import (
    AddressField,
    AtMost,
    LinesField,
    MonthField,
    TicksField,
    WholeNumberField,
    one_line,
    several_lines,
)
from marketplace.labels import EVIDENCE_KINDS, FIELDS, KINDS, ROLES, word
from marketplace.organisations.models import Organisation, Place, TrackRecord
from marketplace.organisations.policy import can_invite
from marketplace.organisations.showing import PARTS, audience_for
from marketplace.organisations.stages import KINDS_TO_REGISTER, WORKING_LANGUAGES, Audience, EvidenceKind, Kind, Role
from marketplace.organisations.tax_code import normalised_tax_code
from marketplace.organisations.web_address import normalised_web_address
from marketplace.organisations.words import PROFILE_AUDIENCES, PROFILE_PARTS, TONGUES
from marketplace.pages import plain
from marketplace.relevance.concepts import VIETNAMESE, topic_label
from marketplace.text import sort_key


def _line(label: Any, hint: Any = "", *, most: int = 300) -> StringField:
    return StringField(label, description=hint, filters=[one_line], validators=[AtMost(most)])


def _text(label: Any, hint: Any = "", *, most: int = 2000) -> TextAreaField:
    return TextAreaField(label, description=hint, filters=[several_lines], validators=[AtMost(most)])


class ProfileForm(FlaskForm):
    """The public profile of an organisation."""

    name_vi = _line(_l("Name in Vietnamese"), _l("As it stands in the register."))
    name_en = _line(_l("Name in English"))
    summary_vi = _text(_l("What you do, in Vietnamese"))
    summary_en = _text(_l("What you do, in English"))
    capabilities = LinesField(
        _l("What you are able to do"),
        description=_l(
            "One thing a line, Vietnamese and English parted by a bar, or in one language: thủy văn | hydrology"
        ),
        most=30,
        longest=200,
        too_long=_l("Use at most 200 characters a line."),
    )
    fields = TicksField(
        _l("Fields"), choices=list(FIELDS.items()), description=_l("Agencies and partners look by them.")
    )
    website = _line(_l("Website"), _l("For example https://example.vn"))
    place_code = SelectField(_l("Commune or ward"), validators=[Optional()], coerce=lambda code: code or None)
    tax_code = _line(_l("Tax code"), _l("10 digits, or 13 for a branch; each organisation is here only once."), most=20)

    def offer_places(self, places: Sequence[Place], *, language: str) -> None:
        """Let people choose among these."""
        names = [(place.code, place.name_vi if language == "vi" else place.name_en) for place in places]
        self.place_code.choices = [("", _("Not in Hanoi, or not said")), *names]

    def columns(self) -> dict[str, Any]:
        """What was typed, as columns of the organisation."""
        return {name: value for name, value in self.data.items() if name in _COLUMNS}

    def validate_name_vi(self, field):
        if not field.data and not self.name_en.data:
            raise ValidationError(_("Enter a name in Vietnamese or in English."))

    def validate_website(self, field):
        if not field.data:
            return
        try:
            field.data = normalised_web_address(field.data)
        except ValueError:
            raise ValidationError(_("Enter an address that begins with https:// or http://.")) from None

    def validate_tax_code(self, field):
        if not field.data:
            return
        try:
            field.data = normalised_tax_code(field.data)
        except ValueError:
            raise ValidationError(_("This is no tax code: check the digits.")) from None


_COLUMNS = {
    *("name_vi", "name_en", "summary_vi", "summary_en", "capabilities"),
    *("website", "place_code", "tax_code", "trl_from", "trl_to"),
    *("fields", "concepts", "languages", "owner_group", "contact"),
}


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
    """The profile, with what a first page does not ask: readiness levels, topics, languages, group, contact."""

    concepts = TicksField(_l("Topics"), choices=[])
    languages = TicksField(_l("Working languages"), choices=[(code, TONGUES[code]) for code in WORKING_LANGUAGES])
    owner_group = _line(
        _l("Group or parent company"), _l("Bodies of one group are not suggested to each other as partners."), most=200
    )
    contact = _text(
        _l("Contact for partners"),
        _l("Who answers, telephone, e-mail. Partners and judges see it, unless you show it to everyone."),
        most=500,
    )

    trl_from = WholeNumberField(_l("Technology readiness, from"), validators=[Optional(), NumberRange(1, 9)])
    trl_to = WholeNumberField(_l("Technology readiness, to"), validators=[Optional(), NumberRange(1, 9)])

    def offer_topics(self, *, language: str) -> None:
        """Let people choose among the topics of the vocabulary, in dictionary order."""
        names = [(code, topic_label(code, language)) for code in VIETNAMESE]
        self.concepts.choices = sorted(names, key=lambda each: sort_key(each[1]))

    def validate_trl_to(self, field):
        if field.data and self.trl_from.data and field.data < self.trl_from.data:
            raise ValidationError(_("The second level is not below the first."))


class InvitationForm(FlaskForm):
    """A role for an address."""

    email = AddressField()
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
    date = MonthField(_l("When"), description=_l("The year, or month and year: 06/2024."))
    title_vi = _line(_l("Title in Vietnamese"))
    title_en = _line(_l("Title in English"))
    description_vi = _text(_l("What was done, in Vietnamese"))
    description_en = _text(_l("What was done, in English"))
    partner_vi = _line(_l("For whom or with whom"))
    partner_en = _line(_l("For whom or with whom, in English"))
    source = _line(
        _l("Source"), _l("Where it can be looked up: an address, the number of a decision, patent or paper.")
    )
    audience = SelectField(
        _l("Who sees it"),
        choices=list(PROFILE_AUDIENCES.items()),
        default=Audience.PUBLIC.value,
        validators=[DataRequired()],
    )

    @classmethod
    def of(cls, line: TrackRecord) -> "EvidenceForm":
        """The form of this line, as it stands."""
        date = f"{line.month:02d}/{line.year}" if line.month else str(line.year or "")
        return cls(obj=line, date=date, kind=line.kind.value, audience=line.audience.value)

    def columns(self) -> dict[str, Any]:
        """What was typed, as columns of a line."""
        told = {name: value for name, value in self.data.items() if name not in {"csrf_token", "date"}}
        chosen = {"kind": EvidenceKind(self.kind.data), "audience": Audience(self.audience.data)}
        return told | chosen | {"year": self.date.year, "month": self.date.month}

    def validate_title_vi(self, field):
        if not field.data and not self.title_en.data:
            raise ValidationError(_("Enter a title in Vietnamese or in English."))


class AudiencesForm(FlaskForm):
    """Who reads each part of the profile and each line of the track record."""

    @classmethod
    def of(cls, organisation: Organisation) -> "AudiencesForm":
        """The form of this organisation, as things stand."""
        fields: dict[str, Any] = {
            f"part_{part}": _audience(PROFILE_PARTS[part], audience_for(organisation, part)) for part in PARTS
        }
        for line in organisation.lines:
            fields[f"line_{line.reference}"] = _audience(plain(line, "title"), line.audience)
        return type("Audiences", (cls,), fields)()

    def chosen(self, prefix: str) -> dict[str, Audience]:
        """What was chosen for each part ("part_") or line ("line_"), by its name."""
        return {
            name.removeprefix(prefix): Audience(value) for name, value in self.data.items() if name.startswith(prefix)
        }


def _audience(label: Any, default: Audience) -> SelectField:
    choices = list(PROFILE_AUDIENCES.items())
    return SelectField(label, choices=choices, default=default.value, validators=[DataRequired()])
