"""Shape of the rules of judging, and how the form and the document become each other."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from marketplace.fields import WholeNumberField
from marketplace.judging.forms.parts import asked_where_needed, reasons_field
from marketplace.judging.rules import MOST_ROUNDS, Content, problems
from marketplace.judging.sentences import BLIND, COMMENTS, DROPOUT, KINDS, TIEBREAKS

PROBLEMS = {
    "quorum": _l("An entry cannot need more finished sheets than it has judges."),
    "best": _l("Say how many entries go on from each round but the last."),
    "last": _l("Nothing goes on from the last round: leave its number empty."),
    "objection": _l("Where entrants do not see who judges, they cannot object: choose no days for objections."),
    "lot": _l("Name each step once, and the lot last."),
    "oral": _l("Whoever defends an entry is seen: an oral round cannot be blind."),
    "minimum": _l("Where judges compare entries there are no points, so there can be no least total."),
}


def _number(label: Any, least: int, most: int, *, required: bool = True, description: Any = "") -> WholeNumberField:
    asked = InputRequired(_l("Enter a number.")) if required else Optional()
    wrong = _l("Enter a number from %(least)d to %(most)d.", least=least, most=most)
    return WholeNumberField(label, description=description, validators=[asked, NumberRange(least, most, wrong)])


class RoundForm(Form):
    """One round; where nothing is chosen there is none."""

    blind = SelectField(
        _l("What is known"), choices=[("", _l("No such round")), *BLIND.items()], validators=[asked_where_needed]
    )
    kind = SelectField(
        _l("What judges do"), choices=[*KINDS.items()], default="scores", validators=[asked_where_needed]
    )
    best = _number(_l("How many entries go on to the next round"), 1, 1000, required=False)


class RulesForm(FlaskForm):
    """Everything by which a challenge is judged."""

    rounds = FieldList(FormField(RoundForm), min_entries=MOST_ROUNDS, max_entries=MOST_ROUNDS)
    reviews_per_entry = _number(_l("Judges for each entry"), 1, 9)
    mix_required = BooleanField(_l("Judges of each entry come from the State, from academia and from business"))
    pair_cap = _number(
        _l("Greatest chance of any pair of judge and entry, in a hundred"),
        50,
        95,
        required=False,
        description=_l("Empty: the best assignment is taken. A number: a lot decides, so that nobody can be sure."),
    )
    quorum = _number(_l("Finished score sheets that an entry needs to be ranked"), 1, 9)
    third_reading_points = _number(
        _l("Difference of totals that calls one more judge"),
        5,
        100,
        required=False,
        description=_l("In points of 100. Empty: no further judge is called."),
    )
    dropout = RadioField(
        _l("When a judge leaves"), choices=[*DROPOUT.items()], validators=[InputRequired(_l("Choose one."))]
    )
    comments = RadioField(_l("Comments"), choices=[*COMMENTS.items()], validators=[InputRequired(_l("Choose one."))])
    not_applicable = BooleanField(_l("A judge may answer that a criterion does not apply"))
    minimum_total = _number(
        _l("Least total that can win"),
        1,
        100,
        required=False,
        description=_l("In points of 100. Empty: there is no minimum."),
    )
    tiebreaks = FieldList(
        SelectField(
            _l("Step"), choices=[("", _l("No further step")), *TIEBREAKS.items()], validators=[asked_where_needed]
        ),
        label=_l("When means are equal"),
        min_entries=len(TIEBREAKS),
        max_entries=len(TIEBREAKS),
    )
    objection_days = _number(
        _l("Days in which entrants may object to a judge"), 0, 10, description=_l("0: entrants are not asked.")
    )
    tie_months = _number(
        _l("Months for which a contract or supervision keeps a judge from an entry"),
        0,
        120,
        description=_l(
            "For contracts a judge's former organisations count for as long. 0: nothing of it is looked for."
        ),
    )
    anchor_count = _number(
        _l("Entries that all judges score first, to agree on what points mean"),
        0,
        3,
        description=_l("0: none. Those sheets never count."),
    )
    defence_public = BooleanField(_l("Everybody may read when and where each entry is defended orally"))
    appeal_days = _number(
        _l("Days in which entrants may appeal against the results"),
        0,
        30,
        description=_l("Counted from publication, until 17:00 of the last day. 0: there is no appeal."),
    )

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        for number, step in enumerate(self.tiebreaks, 1):
            step.label.text = _("Step %(number)d", number=number)

    def content(self) -> Content:
        """The document that this form describes."""
        plain = {name: field.data for name, field in self._fields.items() if name not in {"csrf_token", "reasons"}}
        rounds = [_plain_round(each) for each in self.rounds.data if each["blind"]]
        return {**plain, "rounds": rounds, "tiebreaks": [step for step in self.tiebreaks.data if step]}

    def validate(self, extra_validators: Any = None) -> bool:
        """Single values first; then whether they contradict each other."""
        if not super().validate(extra_validators):
            return False
        if not self.rounds.data[0]["blind"]:
            self._complain("rounds", self.rounds[0].form.blind, _("There is at least one round."))
            return False
        places = {"rounds": self.rounds[0].form.best, "tiebreaks": self.tiebreaks[0]}
        for problem in problems(self.content()):
            place = places.get(problem.field, self._fields[problem.field])
            self._complain(problem.field, place, str(PROBLEMS[problem.name]))
        return not self.errors

    def _complain(self, name: str, place: Any, message: str) -> None:
        """Say it where it is read; a list of fields has errors where one of its fields has."""
        self._fields[name].errors = place.errors = [message]


def _plain_round(typed: dict[str, Any]) -> dict[str, Any]:
    """A round as the document has it: giving points is not said, since it is usual."""
    usual = {"blind": typed["blind"], "best": typed["best"]}
    return usual if typed["kind"] == "scores" else {**usual, "kind": typed["kind"]}


class AmendmentForm(RulesForm):
    """The same, with reasons that the public reads."""

    reasons = reasons_field(_l("Why the rules are changed"), _l("Give the reasons. Everybody can read them."))
