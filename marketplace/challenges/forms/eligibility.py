"""Shape of the rules of eligibility, and of the questions of the self-check."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from marketplace.challenges.eligibility import HOUSES
from marketplace.challenges.stages import Applicant, Reach, RuleKind, Size
from marketplace.challenges.words import APPLICANTS, PARTNER_RULES, PLACES, REACHES, SIZES
from marketplace.fields import Needed, WholeNumberField
from marketplace.labels import HELIX, KINDS
from marketplace.organisations.stages import Helix

MOST_YEARS = 10
QUESTIONS = {
    RuleKind.APPLICANTS: "applicant",
    RuleKind.KINDS: "kind",
    RuleKind.SIDES: "kind",
    RuleKind.PLACE: "place",
    RuleKind.SIZES: "size",
    RuleKind.NO_PRIZE: "prize",
}


class Ticks(SelectMultipleField):
    """Several of some, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _ticks(label: Any, keys: Iterable[Any], words: Any, *, hint: Any = "") -> Ticks:
    choices = [(key.value, words[key.value]) for key in keys]
    return Ticks(label, description=hint, choices=choices, validators=[Optional()])


class EligibilityForm(FlaskForm):
    """Who may answer; what is left empty asks for nothing."""

    applicants = _ticks(
        _l("In whose name an entry may stand"),
        Applicant,
        APPLICANTS,
        hint=_l("Where nothing is ticked, organisations answer."),
    )
    kinds = _ticks(_l("Kinds of organisation"), HOUSES, KINDS)
    sides = _ticks(_l("Houses"), [side for side in Helix if side != Helix.STATE], HELIX)
    place = RadioField(
        _l("Where they must be at home"),
        choices=[("", _l("Anywhere")), *((key.value, REACHES[key.value]) for key in Reach)],
        default="",
        validators=[Optional()],
    )
    sizes = _ticks(_l("Sizes of enterprise"), Size, SIZES)
    no_prize = WholeNumberField(
        _l("Years without a prize on this site"),
        description=_l("With 3, whoever won a prize here in the last three years may not answer."),
        validators=[Optional()],
    )
    partners = Ticks(
        _l("Rules that every partner of a consortium must fulfil too"),
        description=_l(
            "The other rules hold only for whoever leads. What is ticked counts where the rule is given above."
        ),
        choices=list(PARTNER_RULES.items()),
        validators=[Optional()],
    )

    def validate_no_prize(self, field: WholeNumberField) -> None:
        if field.data is not None and not 1 <= field.data <= MOST_YEARS:
            raise ValidationError(_("Write a number of years from 1 to 10."))


class SelfCheckForm(Form):
    """At most five questions; only those that a rule asks are left in it."""

    applicant = RadioField(
        _l("In whose name would you answer?"), choices=list(APPLICANTS.items()), validators=[Needed()]
    )
    kind = SelectField(
        _l("What are you?"),
        choices=[
            ("", _l("Choose")),
            *((kind.value, KINDS[kind.value]) for kind in HOUSES),
            ("state", _l("State body")),
        ],
        validators=[Needed()],
    )
    place = RadioField(_l("Where are you at home?"), choices=list(PLACES.items()), validators=[Needed()])
    size = RadioField(_l("How large is your enterprise?"), choices=list(SIZES.items()), validators=[Needed()])
    prize = RadioField(choices=[("no", _l("No")), ("yes", _l("Yes"))], validators=[Needed()])

    def keep(self, rules: Iterable[Any]) -> None:
        """Leave only the questions that these rules ask, and what the answerer is."""
        kinds = {rule.kind: rule for rule in rules}
        needed = {QUESTIONS[kind] for kind in kinds} | {"kind"}
        for name in [name for name in self.data if name not in needed]:
            del self[name]
        if RuleKind.NO_PRIZE in kinds:
            years = int(kinds[RuleKind.NO_PRIZE].values[0])
            self.prize.label.text = _("Did you win a prize on this site in the last %(years)d years?", years=years)
