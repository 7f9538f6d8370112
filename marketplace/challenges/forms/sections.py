"""Shape of what an agency types, one form for each section of a problem statement; English in fields named _en."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import DataRequired, Optional

from marketplace.challenges.forms.texts import line, text
from marketplace.challenges.patterns import NAMES
from marketplace.challenges.stages import Field, IpTerms
from marketplace.challenges.words import PATTERNS
from marketplace.fields import LinesField, MoneyField, Needed
from marketplace.labels import FIELDS, IP_TERMS


class StartForm(FlaskForm):
    """What begins a draft."""

    agency = SelectField(_l("Agency"), validators=[DataRequired(_l("Choose the agency."))])
    title_vi = line(_l("Title of the challenge"), required=_l("Enter a title."))
    pattern = RadioField(
        _l("Begin with"),
        choices=[("", _l("An empty draft")), *((name, PATTERNS[name]) for name in NAMES)],
        default="",
        validators=[Optional()],
    )


class CopyForm(FlaskForm):
    """In whose name a copy is written, and what it is called."""

    agency = SelectField(_l("Agency"), validators=[DataRequired(_l("Choose the agency."))])
    title_vi = line(_l("Title of the challenge"), required=_l("Enter a title."))


class CohostForm(FlaskForm):
    """Who is asked to host too."""

    organisation = SelectField(_l("Organisation"), validators=[DataRequired(_l("Choose an organisation."))])


class StatementForm(FlaskForm):
    """What the problem is."""

    title_vi = line(
        _l("Title of the challenge"),
        _l("What should become better, in at most 15 words."),
        required=_l("Enter a title."),
    )
    field = SelectField(_l("Field"), choices=[(key.value, FIELDS[key.value]) for key in Field])
    summary_vi = text(_l("Summary"), _l("One or two sentences for lists and letters."), needed=True, most=500)
    description_vi = text(
        _l("Background"), _l("What happens today, how often, what it costs, what was tried before."), needed=True
    )
    users_vi = text(_l("Who suffers"), _l("Which people, how many, when."), needed=True, most=2000)
    current_cost_vi = text(
        _l("What it costs today"),
        _l("In money, hours or harm a year. An estimate will do; say where it comes from."),
        needed=True,
        most=2000,
    )
    prior_work_vi = text(_l("What was tried before"), _l("And why it did not suffice."), most=3000)
    policies = LinesField(
        _l("Programmes and plans that it serves"),
        description=_l("One a line, for example a resolution or a plan of the city."),
        bare="vi",
    )
    list_batch = line(
        _l("Batch of the city's list"), _l("If it stands on the city's list of problems, for example Đợt 1."), most=100
    )
    list_group = line(_l("Group of the city's list"), _l("As the decision names the group."), most=200)
    title_en = line(_l("Title in English"))
    summary_en = text(_l("Summary in English"), most=500)
    description_en = text(_l("Background in English"))
    users_en = text(_l("Who suffers, in English"), most=2000)
    current_cost_en = text(_l("What it costs today, in English"), most=2000)
    prior_work_en = text(_l("What was tried before, in English"), most=3000)


class ResourcesForm(FlaskForm):
    """What a solution must be able to do, and what it may build on."""

    essentials = LinesField(
        _l("What a solution cannot do without"),
        description=_l("One a line; English after a bar: tiếng Việt | English"),
        bare="vi",
    )
    nice_to_haves = LinesField(
        _l("What would be welcome"),
        description=_l("One a line; English after a bar: tiếng Việt | English"),
        bare="vi",
    )
    capabilities = LinesField(
        _l("Required capabilities"),
        description=_l("Skills of the team, one a line; partners are suggested by them."),
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
    adoption_owner_vi = line(
        _l("Who takes the solution into use"), _l("The unit and the post, not the name of a person."), needed=True
    )
    pilot_budget_vnd = MoneyField(
        _l("Pilot budget in đồng"),
        description=_l("Write 0 if there is none; that is said publicly."),
        validators=[Needed()],
    )
    pilot_site_vi = line(_l("Pilot site"), _l("Where it is tried out: a ward, a school, a stretch of river."))
    decision_on = DateField(
        _l("Day of the decision"),
        description=_l("By this day your agency decides about use. The page later shows whether it was kept."),
        validators=[Needed(), Optional()],
    )
    ip_terms = RadioField(
        _l("Rights after a win"),
        choices=[(key.value, IP_TERMS[key.value]) for key in IpTerms],
        validators=[Needed(), Optional()],
    )
    adoption_en = text(_l("What happens after a win, in English"), most=3000)
    adoption_owner_en = line(_l("Who takes the solution into use, in English"))
    pilot_site_en = line(_l("Pilot site, in English"))
