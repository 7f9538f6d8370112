"""Shape of what an entrant types, one form for each section of a solution; and what the secretary decides."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from marketplace.challenges.stages import Applicant, Field
from marketplace.fields import (
    AddressField,
    AtMost,
    MoneyField,
    Needed,
    PercentField,
    hidden_count,
    one_line,
    several_lines,
)
from marketplace.labels import LANGUAGES, WRITING_RIGHTS
from marketplace.solutions.stages import Right

LONGEST_TITLE = 300
LONGEST_TEXT = 5_000
LONGEST_RECEIPT = 100_000
TRL_WORDS = {
    1: _l("1: the principle was observed"),
    2: _l("2: the concept is formulated"),
    3: _l("3: the concept is proven"),
    4: _l("4: it works in the laboratory"),
    5: _l("5: it works in a simulated environment"),
    6: _l("6: it was shown in the real environment"),
    7: _l("7: a prototype runs in real operation"),
    8: _l("8: complete and qualified"),
    9: _l("9: proven in everyday use"),
}


def _title(label: Any, hint: Any = "") -> StringField:
    checks = [Needed(), AtMost(LONGEST_TITLE)]
    return StringField(label, description=hint, filters=[one_line], validators=checks)


def _text(label: Any, hint: Any = "") -> TextAreaField:
    checks = [Needed(), AtMost(LONGEST_TEXT)]
    return TextAreaField(label, description=hint, filters=[several_lines], validators=checks)


class StartForm(FlaskForm):
    """In whose name, and a first title."""

    organisation = RadioField(
        _l("In whose name"), validators=[InputRequired(_l("Choose in whose name the solution stands."))]
    )
    group_name = StringField(
        _l("Name of the group"),
        description=_l(
            "Only for a new group, for example: Nhóm tác giả Trường Lê Quý Đôn. Its authors are named later."
        ),
        filters=[one_line],
        validators=[AtMost(200)],
    )
    title = StringField(
        _l("Title of your solution"),
        description=_l("You can change it until you send the solution."),
        filters=[one_line],
        validators=[DataRequired(_l("Enter a title.")), AtMost(LONGEST_TITLE)],
    )
    language = RadioField(_l("Language in which you write"), choices=LANGUAGES, default="vi")

    def offer(self, entrants: Iterable[tuple[str, str]], people: Iterable[Applicant], *, name: str) -> None:
        """Names by slug, then the ways to answer without an organisation; the only one there is, is chosen."""
        words = {
            Applicant.INDIVIDUAL: _("In my own name: %(name)s", name=name),
            Applicant.GROUP: _("A new group of authors"),
        }
        self.organisation.choices = [*entrants, *((each.value, words[each]) for each in people)]
        if len(self.organisation.choices) == 1 and not self.is_submitted():
            self.organisation.data = self.organisation.choices[0][0]
        if Applicant.GROUP not in people:
            del self.group_name

    def validate_group_name(self, field: StringField) -> None:
        if self.organisation.data == Applicant.GROUP and not field.data:
            raise ValidationError(_("Give the group a name."))


class SectionForm(FlaskForm):
    """A part of the draft; `edition` is the fingerprint of what stood there when the form was opened.

    `form_key` is this open page, `turn` counts what it saved by itself.
    """

    edition = HiddenField(validators=[Length(max=64)])
    form_key = HiddenField(validators=[Length(max=64)])
    turn = HiddenField(filters=[hidden_count])


class SummaryForm(SectionForm):
    """What it is in a few sentences; `field` is asked in contests only."""

    field = RadioField(
        _l("Field of the contest"),
        description=_l("You compete with the entries of this field; judges of this field read yours."),
        choices=[],
        coerce=lambda key: Field(key) if key in set(Field) else None,
        validate_choice=False,
        validators=[Needed()],
    )
    language = RadioField(_l("Language in which you write"), choices=LANGUAGES)
    title_vi = _title(_l("Title in Vietnamese"), _l("One title is enough, in Vietnamese or in English."))
    title_en = _title(_l("Title in English"))
    summary = _text(_l("Summary"), _l("What you propose, for whom, and what becomes better."))


class ApproachForm(SectionForm):
    """How it works and what it changes."""

    approach = _text(_l("Approach"), _l("How it works, what is new about it, what was shown so far."))
    impact = _text(_l("Impact"), _l("What changes for the people concerned, in numbers where you have them."))


class TeamForm(SectionForm):
    """Who does it."""

    team = _text(_l("Team"), _l("Who does what, and what they have done before."))


class PilotForm(SectionForm):
    """How it would be tried out."""

    pilot_plan = _text(_l("Pilot plan"), _l("Steps, place, duration, and what you need from the agency."))
    cost_vnd = MoneyField(
        _l("Cost of the pilot in đồng"),
        description=_l("All in, with taxes. Write 0 if there is none."),
        validators=[Needed()],
    )
    trl = SelectField(
        _l("Technology readiness level (TRL)"),
        choices=[("", _l("Choose")), *((str(level), words) for level, words in TRL_WORDS.items())],
        coerce=lambda value: int(value) if value and str(value).isdigit() else None,
        validate_choice=False,
        validators=[Needed()],
    )

    def validate_trl(self, field: SelectField) -> None:
        if field.data is not None and field.data not in TRL_WORDS:
            raise ValidationError(_("Choose a level from 1 to 9."))


class TermsForm(FlaskForm):
    """Two ticks that nobody makes for the entrant."""

    accepts = BooleanField(
        _l("We accept the terms on rights"), validators=[InputRequired(_l("Accept the terms on rights."))]
    )
    certifies = BooleanField(
        _l("What we say is true, and I may sign for my organisation"),
        validators=[InputRequired(_l("Confirm that what you say is true and that you may sign."))],
    )


class FilesForm(FlaskForm):
    """One or several files at once."""

    files = MultipleFileField(_l("Choose files"), validators=[Needed()])


class SendForm(FlaskForm):
    """The one button; the key makes every press of it the same one."""

    idempotency_key = HiddenField(validators=[InputRequired(), Length(min=16, max=64)])


class ReasonsForm(FlaskForm):
    """Why a solution is not eligible; its entrant reads it."""

    reasons = TextAreaField(
        _l("Reasons"),
        description=_l("The entrant reads them. Name the rule that is not met."),
        filters=[several_lines],
        validators=[DataRequired(_l("Give the reasons.")), AtMost(LONGEST_TEXT)],
    )


class CoeditorForm(FlaskForm):
    """Whom to invite to one solution, and to do what."""

    email = AddressField()
    right = RadioField(
        _l("They may"),
        choices=[(right.value, WRITING_RIGHTS[right.value]) for right in Right],
        default=Right.COMMENT.value,
    )


class OwnPartForm(FlaskForm):
    """What a partner says of its own part."""

    task = StringField(
        _l("What it does"),
        description=_l("Its task in one line, for example: models and forecasts, operation, legal questions."),
        filters=[one_line],
        validators=[DataRequired(_l("Say what the organisation does.")), AtMost(300)],
    )
    background_ip = TextAreaField(
        _l("Background rights"),
        description=_l("What it brings along and keeps: patents, software, data. It stays its own whatever is agreed."),
        filters=[several_lines],
        validators=[AtMost(3_000)],
    )

    def part(self) -> dict[str, Any]:
        """The columns of its line."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}


class PartnerForm(OwnPartForm):
    """What the lead says of a partner's part."""

    share_bp = PercentField(
        _l("Share in percent"), description=_l("Of work and prize. All shares sum to 100."), validators=[Needed()]
    )

    def validate_share_bp(self, field: PercentField) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Give the share in percent."))


class CommentForm(FlaskForm):
    """A comment on a section, or an answer to one."""

    section = HiddenField(validators=[InputRequired(), Length(max=60)])
    answers = HiddenField(validators=[Length(max=20)])
    body = TextAreaField(
        _l("Comment"),
        filters=[several_lines],
        validators=[DataRequired(_l("Write a comment.")), AtMost(2_000)],
    )


class ReceiptForm(FlaskForm):
    """A receipt file, pasted."""

    receipt = TextAreaField(
        _l("Content of the receipt file"),
        filters=[lambda text: (text or "").strip()],
        validators=[DataRequired(_l("Paste the whole content of the receipt file.")), AtMost(LONGEST_RECEIPT)],
    )


SECTIONS: dict[str, type[SectionForm]] = {
    "summary": SummaryForm,
    "approach": ApproachForm,
    "team": TeamForm,
    "pilot": PilotForm,
}
COLUMNS = {
    "summary": ("field", "language", "title_vi", "title_en", "summary"),
    "approach": ("approach", "impact"),
    "team": ("team",),
    "pilot": ("pilot_plan", "cost_vnd", "trl"),
}
