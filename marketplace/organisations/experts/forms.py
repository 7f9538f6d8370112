"""Shape of what experts say of themselves."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from marketplace.fields import AddressField, AtMost, MonthField, TicksField, WholeNumberField, one_line, several_lines
from marketplace.labels import FIELDS
from marketplace.organisations.experts.models import Expert
from marketplace.organisations.experts.stages import PARTS, Expertise, Readers, Supervised
from marketplace.organisations.stages import WORKING_LANGUAGES
from marketplace.organisations.words import EXPERT_READERS, EXPERTISE_KINDS, SUPERVISED, TONGUES
from marketplace.relevance.concepts import VIETNAMESE, topic_label
from marketplace.text import sort_key

_YEAR = NumberRange(1950, 2100, _l("Enter a year, such as 2024."))


def _line(label: Any, hint: Any = "", *, missing: Any = None, most: int = 300) -> StringField:
    needed = [DataRequired(missing)] if missing else []
    return StringField(label, description=hint, filters=[one_line], validators=[*needed, AtMost(most)])


def _readers(label: Any, hint: Any = "") -> SelectField:
    return SelectField(label, description=hint, choices=list(EXPERT_READERS.items()), validators=[DataRequired()])


class ExpertForm(FlaskForm):
    """The page: what one knows, in which languages, and who reads it."""

    fields = TicksField(_l("Fields"), choices=list(FIELDS.items()))
    summary_vi = TextAreaField(
        _l("In a few sentences, in Vietnamese"), filters=[several_lines], validators=[AtMost(1000)]
    )
    summary_en = TextAreaField(_l("In a few sentences, in English"), filters=[several_lines], validators=[AtMost(1000)])
    languages = TicksField(
        _l("Languages you read entries in"), choices=[(code, TONGUES[code]) for code in WORKING_LANGUAGES]
    )
    concepts = TicksField(_l("Topics"), choices=[])
    readers = _readers(_l("Who reads this page"), _l("Your e-mail address is shown to nobody."))
    summary_readers = _readers(_l("Who reads the sentences"))
    languages_readers = _readers(_l("Who reads the languages"))
    evidence_readers = _readers(_l("Who reads papers, projects and roles"))
    affiliations_readers = _readers(_l("Who reads where you work and worked"))

    @classmethod
    def of(cls, expert: Expert | None, *, language: str) -> "ExpertForm":
        """The form as things stand."""
        said = {name: getattr(expert, name) for name in _SAID} if expert else {"languages": ["vi"]}
        readers = expert.readers.value if expert else Readers.ORGANISERS.value
        parts = {f"{part}_readers": (expert.part_readers if expert else {}).get(part, "public") for part in PARTS}
        form = cls(data={**said, **parts, "readers": readers})
        topics = [(code, topic_label(code, language)) for code in VIETNAMESE]
        form.concepts.choices = sorted(topics, key=lambda each: sort_key(each[1]))
        return form

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.data[name] for name in _SAID}

    @property
    def part_readers(self) -> dict[str, Readers]:
        return {part: Readers(self.data[f"{part}_readers"]) for part in PARTS}


_SAID = ("fields", "summary_vi", "summary_en", "languages", "concepts")


class EvidenceForm(FlaskForm):
    """A paper, patent, project, role or award."""

    kind = SelectField(
        _l("What it is"),
        choices=[(kind.value, EXPERTISE_KINDS[kind]) for kind in Expertise],
        validators=[DataRequired()],
    )
    title = _line(_l("Title of the evidence"), missing=_l("Enter a title."))
    date = MonthField(_l("When"), description=_l("The year, or month and year: 06/2024."))
    source = _line(
        _l("Source"), _l("Where it can be looked up: an address, the number of a decision, patent or paper.")
    )

    @property
    def columns(self) -> dict[str, Any]:
        told = {"kind": Expertise(self.kind.data), "title": self.title.data, "source": self.source.data}
        return told | {"year": self.date.year, "month": self.date.month}


def _from_year() -> WholeNumberField:
    return WholeNumberField(_l("From"), validators=[DataRequired(_l("Enter a year, such as 2024.")), _YEAR])


def _to_year() -> WholeNumberField:
    wanted = [Optional(), _YEAR, _not_before]
    return WholeNumberField(_l("Until"), description=_l("Empty: until today."), validators=wanted)


def _not_before(form: FlaskForm, field: WholeNumberField) -> None:
    if field.data and form["from_year"].data and field.data < form["from_year"].data:
        raise ValidationError(_("The end is not before the beginning."))


class AffiliationForm(FlaskForm):
    """Where somebody works or worked."""

    name = _line(_l("Organisation"), _l("As it is called here, if it is here."), missing=_l("Enter a name."))
    position = _line(_l("Position"), most=200)
    from_year, to_year = _from_year(), _to_year()

    @property
    def columns(self) -> dict[str, Any]:
        return {name: self.data[name] for name in ("name", "position", "from_year", "to_year")}


class SupervisionForm(FlaskForm):
    """Whom somebody supervised, or by whom they were supervised."""

    supervised = SelectField(
        _l("Who supervised whom"),
        choices=[(each.value, SUPERVISED[each]) for each in Supervised],
        validators=[DataRequired()],
    )
    name = _line(_l("Full name"), missing=_l("Enter the full name."), most=200)
    email = AddressField(
        description=_l(
            "By the address this person is known among authors, entrants and judges; names alone never tell."
        ),
    )
    from_year, to_year = _from_year(), _to_year()

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        for field in (self.name, self.from_year, self.to_year):  # the page asks the same of affiliations
            field.id = field.label.field_id = f"supervised-{field.name}"

    @property
    def columns(self) -> dict[str, Any]:
        told = {name: self.data[name] for name in ("name", "email", "from_year", "to_year")}
        return told | {"supervised": Supervised(self.supervised.data)}
