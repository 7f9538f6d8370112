"""Shape of what an agency types, one form for each section of a problem statement; English in fields named _en."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import DataRequired, Optional

from marketplace.challenges.forms.texts import line, text
from marketplace.challenges.stages import Field, IpTerms
from marketplace.fields import LinesField, MoneyField, Needed
from marketplace.labels import FIELDS, IP_TERMS


class StartForm(FlaskForm):
    """What begins a draft."""

    agency = SelectField(_l("Agency"), validators=[DataRequired(_l("Choose the agency."))])
    title_vi = line(_l("Title"), required=_l("Enter a title."))


class StatementForm(FlaskForm):
    """What the problem is."""

    title_vi = line(_l("Title"), _l("What should become better, in at most 15 words."), required=_l("Enter a title."))
    field = SelectField(_l("Field"), choices=[(key.value, FIELDS[key.value]) for key in Field])
    summary_vi = text(_l("Summary"), _l("One or two sentences for lists and letters."), needed=True, most=500)
    description_vi = text(
        _l("Background"), _l("What happens today, how often, what it costs, what was tried before."), needed=True
    )
    users_vi = text(_l("Who suffers"), _l("Which people, how many, when."), needed=True, most=2000)
    title_en = line(_l("Title in English"))
    summary_en = text(_l("Summary in English"), most=500)
    description_en = text(_l("Background in English"))
    users_en = text(_l("Who suffers, in English"), most=2000)


class OutcomeForm(FlaskForm):
    """What a solution must reach, and what it may build on."""

    outcomes = LinesField(
        _l("Outcomes"),
        description=_l("One a line, with target and unit; English after a bar: tiếng Việt | English"),
        bare="vi",
        validators=[Needed()],
    )
    capabilities = LinesField(
        _l("Required capabilities"),
        description=_l("One a line; English after a bar: tiếng Việt | English"),
        bare="vi",
        validators=[Needed()],
    )
    data_vi = text(
        _l("Data and site available"),
        _l("Which data, in which form, from when; where something can be tried out."),
        needed=True,
        most=3000,
    )
    partners_vi = text(_l("What the three houses contribute"), most=2000)
    data_en = text(_l("Data and site available, in English"), most=3000)
    partners_en = text(_l("What the three houses contribute, in English"), most=2000)


class AdoptionForm(FlaskForm):
    """What a win leads to."""

    adoption_vi = text(_l("What happens after a win"), _l("Pilot, order, payment by results."), needed=True, most=3000)
    pilot_budget_vnd = MoneyField(
        _l("Pilot budget in đồng"), description=_l("Needed where no prize is in money."), least=1
    )
    decision_on = DateField(_l("Day of the decision"), validators=[Needed(), Optional()])
    ip_terms = RadioField(
        _l("Rights after a win"),
        choices=[(key.value, IP_TERMS[key.value]) for key in IpTerms],
        validators=[Needed(), Optional()],
    )
    adoption_en = text(_l("What happens after a win, in English"), most=3000)
