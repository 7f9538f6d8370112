"""Shape of the judging forms, split by deed."""

from marketplace.judging.forms.conflicts import RecusalForm, conflicts_form
from marketplace.judging.forms.decisions import CloseForm, ReturnForm, SheetReturnForm, decision_form
from marketplace.judging.forms.panels import AcceptForm, DeclineForm, InviteForm, LimitsForm
from marketplace.judging.forms.rules import AmendmentForm, RulesForm
from marketplace.judging.forms.sheets import sheet_form

__all__ = [
    "AcceptForm",
    "AmendmentForm",
    "CloseForm",
    "DeclineForm",
    "InviteForm",
    "LimitsForm",
    "RecusalForm",
    "ReturnForm",
    "RulesForm",
    "SheetReturnForm",
    "conflicts_form",
    "decision_form",
    "sheet_form",
]
