"""Shape of the judging forms, split by deed."""

from marketplace.judging.forms.conflicts import ObjectionForm, RecusalForm, VerdictForm, conflicts_form, wishes_form
from marketplace.judging.forms.decisions import (
    CloseForm,
    ReturnForm,
    ScheduleResultsForm,
    SheetReturnForm,
    decision_form,
)
from marketplace.judging.forms.panels import (
    AcceptForm,
    AnchorsForm,
    DeclineForm,
    DepartureForm,
    FieldsForm,
    InviteForm,
    LimitsForm,
)
from marketplace.judging.forms.rules import AmendmentForm, RulesForm
from marketplace.judging.forms.sheets import sheet_form

__all__ = [
    "AcceptForm",
    "AmendmentForm",
    "AnchorsForm",
    "CloseForm",
    "DeclineForm",
    "DepartureForm",
    "FieldsForm",
    "InviteForm",
    "LimitsForm",
    "ObjectionForm",
    "RecusalForm",
    "ReturnForm",
    "RulesForm",
    "ScheduleResultsForm",
    "SheetReturnForm",
    "VerdictForm",
    "conflicts_form",
    "decision_form",
    "sheet_form",
    "wishes_form",
]
