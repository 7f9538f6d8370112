"""Rules, panels, seats, declarations, score sheets and decisions, and facts they know about themselves."""

from marketplace.judging.models.decisions import Decision, Result
from marketplace.judging.models.entries import Entry
from marketplace.judging.models.panels import Advance, Declaration, Objection, Panel, Preference, Seat
from marketplace.judging.models.rules import JudgingRules, RulesAmendment
from marketplace.judging.models.sheets import PaperSheet, Score, Sheet, SheetVersion

__all__ = [
    "Advance",
    "Decision",
    "Declaration",
    "Entry",
    "JudgingRules",
    "Objection",
    "Panel",
    "PaperSheet",
    "Preference",
    "Result",
    "RulesAmendment",
    "Score",
    "Seat",
    "Sheet",
    "SheetVersion",
]
