"""Rules, panels, seats, declarations, score sheets and decisions, and facts they know about themselves."""

from marketplace.judging.models.decisions import Decision, Result
from marketplace.judging.models.draws import AssignmentDraw
from marketplace.judging.models.entries import Entry
from marketplace.judging.models.panels import Advance, Declaration, Objection, Panel, Preference, Seat
from marketplace.judging.models.redactions import RedactedCopy
from marketplace.judging.models.revisions import Revision
from marketplace.judging.models.rules import JudgingRules, RulesAmendment
from marketplace.judging.models.sheets import PaperSheet, Score, Sheet, SheetVersion

__all__ = [
    "Advance",
    "AssignmentDraw",
    "Decision",
    "Declaration",
    "Entry",
    "JudgingRules",
    "Objection",
    "Panel",
    "PaperSheet",
    "Preference",
    "RedactedCopy",
    "Result",
    "Revision",
    "RulesAmendment",
    "Score",
    "Seat",
    "Sheet",
    "SheetVersion",
]
