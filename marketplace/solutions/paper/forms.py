"""Shape of what a clerk writes down at the counter, and of the code with which an entry is taken over."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, ValidationError

from marketplace.fields import AtMost, HanoiTimeField, one_line, several_lines
from marketplace.labels import KINDS, LANGUAGES
from marketplace.organisations.stages import KINDS_TO_REGISTER, Kind
from marketplace.organisations.tax_code import normalised_tax_code
from marketplace.solutions.paper.services import Counter

LONGEST_TITLE = 300
NEW_BODY = "body"
# who is not on the site, as the form offers it
UNKNOWN = {
    NEW_BODY: _l("An organisation that is not on the site"),
    Kind.INDIVIDUAL.value: _l("A person"),
    Kind.GROUP.value: _l("A group of authors"),
}


class IntakeForm(FlaskForm):
    """Who answers, what is on the cover, who stands here."""

    entrant = RadioField(
        _l("In whose name"), validators=[InputRequired(_l("Choose in whose name the solution stands."))]
    )
    name = StringField(
        _l("Name as it stands on the paper"),
        description=_l("Only for an organisation, a person or a group that is not on the site."),
        filters=[one_line],
        validators=[AtMost(200)],
    )
    kind = SelectField(
        _l("Kind of organisation"),
        description=_l("Only for an organisation that is not on the site."),
        choices=[("", _l("Choose")), *((kind.value, KINDS[kind.value]) for kind in KINDS_TO_REGISTER)],
        validators=[Optional()],
    )
    tax_code = StringField(_l("Tax code"), filters=[one_line], validators=[Optional(), Length(max=20)])
    title = StringField(
        _l("Title of the solution"),
        filters=[one_line],
        validators=[DataRequired(_l("Enter a title.")), AtMost(LONGEST_TITLE)],
    )
    language = RadioField(_l("Language of the paper"), choices=LANGUAGES, default="vi")
    arrived_at = HanoiTimeField(
        _l("When the paper arrived (Hanoi time)"),
        description=_l("As the stamp of the counter says. It decides whether the entry is in time."),
        validators=[DataRequired(_l("Say when the paper arrived."))],
    )
    contact_name = StringField(
        _l("Who brought it"),
        filters=[one_line],
        validators=[DataRequired(_l("Enter the full name.")), AtMost(200)],
    )
    contact_phone = StringField(_l("Telephone"), filters=[one_line], validators=[AtMost(30)])
    contact_email = EmailField(
        _l("E-mail address"),
        description=_l("With an address the code to go on online goes there by letter and is not printed."),
        filters=[one_line],
        validators=[Optional(), Email(_l("This is no e-mail address.")), AtMost(255)],
    )

    def offer(self, known: Iterable[tuple[str, str]], takes: Iterable[str]) -> None:
        """Organisations found on the site by slug, then the ways to answer without one."""
        self.entrant.choices = [*known, *((name, UNKNOWN[name]) for name in takes)]

    def validate_name(self, field: StringField) -> None:
        if self.entrant.data in UNKNOWN and not field.data:
            raise ValidationError(_("Write the name as it stands on the paper."))

    def validate_kind(self, field: SelectField) -> None:
        if self.entrant.data == NEW_BODY and not field.data:
            raise ValidationError(_("Choose what kind of organisation it is."))

    def validate_tax_code(self, field: StringField) -> None:
        try:
            field.data = normalised_tax_code(field.data) if field.data else None
        except ValueError:
            raise ValidationError(_("This is no tax code: check the digits.")) from None

    def counter(self, arrived_at: datetime) -> Counter:
        """What the deed takes."""
        email = self.contact_email.data.lower() if self.contact_email.data else None
        phone, tax_code = self.contact_phone.data, self.tax_code.data
        return Counter(arrived_at, self.contact_name.data, phone=phone, email=email, tax_code=tax_code)


class SealForm(FlaskForm):
    """The clerk's check, and after closing the reason."""

    compared = BooleanField(
        _l("I compared what is typed with the paper, and the scan holds every page"),
        validators=[InputRequired(_l("Compare everything with the paper first."))],
    )
    reason = TextAreaField(
        _l("Why it is typed in after closing"),
        description=_l("Kept in the journal, where everybody may read it."),
        filters=[several_lines],
        validators=[AtMost(1000)],
    )


class TakeOverForm(FlaskForm):
    """What stands on the receipt."""

    reference = StringField(
        _l("Number of the paper"),
        description=_l("It begins with HG and stands on the receipt."),
        filters=[one_line],
        validators=[DataRequired(_l("Enter the number.")), AtMost(30)],
    )
    code = StringField(_l("Code"), filters=[one_line], validators=[DataRequired(_l("Enter the code.")), AtMost(40)])
