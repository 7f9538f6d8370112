"""Shape of what people type about challenges."""

from flask_wtf import FlaskForm

from marketplace.challenges.forms.deciding import ReasonsForm
from marketplace.challenges.forms.eligibility import EligibilityForm, SelfCheckForm
from marketplace.challenges.forms.entries import EntriesForm
from marketplace.challenges.forms.rows import CriteriaForm, PrizesForm, TimetableForm
from marketplace.challenges.forms.sections import AdoptionForm, OutcomeForm, StartForm, StatementForm

SECTIONS: dict[str, type[FlaskForm]] = {
    "statement": StatementForm,
    "outcome": OutcomeForm,
    "adoption": AdoptionForm,
    "prizes": PrizesForm,
    "eligibility": EligibilityForm,
    "timetable": TimetableForm,
    "criteria": CriteriaForm,
    "entries": EntriesForm,
}

__all__ = ["SECTIONS", "ReasonsForm", "SelfCheckForm", "StartForm"]
