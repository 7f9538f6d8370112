"""Shape of what people type about challenges."""

from flask_wtf import FlaskForm

from marketplace.challenges.forms.deciding import (
    ExplanationForm,
    MessageForm,
    PledgeForm,
    ReasonsForm,
    ScheduleForm,
    WaiverForm,
)
from marketplace.challenges.forms.eligibility import EligibilityForm, SelfCheckForm
from marketplace.challenges.forms.entries import EntriesForm
from marketplace.challenges.forms.guests import AudienceForm, GuestForm
from marketplace.challenges.forms.importing import TableForm
from marketplace.challenges.forms.rows import CriteriaForm, OutcomeForm, PrizesForm, TimetableForm
from marketplace.challenges.forms.sections import (
    AdoptionForm,
    CohostForm,
    CopyForm,
    ResourcesForm,
    StartForm,
    StatementForm,
)

SECTIONS: dict[str, type[FlaskForm]] = {
    "statement": StatementForm,
    "outcome": OutcomeForm,
    "resources": ResourcesForm,
    "adoption": AdoptionForm,
    "prizes": PrizesForm,
    "eligibility": EligibilityForm,
    "timetable": TimetableForm,
    "criteria": CriteriaForm,
    "entries": EntriesForm,
}

__all__ = [
    "SECTIONS",
    "AudienceForm",
    "CohostForm",
    "CopyForm",
    "ExplanationForm",
    "GuestForm",
    "MessageForm",
    "PledgeForm",
    "ReasonsForm",
    "ScheduleForm",
    "SelfCheckForm",
    "StartForm",
    "TableForm",
    "WaiverForm",
]
