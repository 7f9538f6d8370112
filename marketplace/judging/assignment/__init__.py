"""Which judge reads which entry: exact, the worst pair first where asked, with the reasons where it cannot be. Pure."""

from marketplace.judging.assignment.demands import Demand, apart, bridges, one_per_organisation, panel_mix
from marketplace.judging.assignment.drawing import draw
from marketplace.judging.assignment.question import Pair, Question, ask, weigh
from marketplace.judging.assignment.shortage import Assignment, Infeasible, Shortage
from marketplace.judging.assignment.solving import assign, remaining, repair

__all__ = [
    "Assignment",
    "Demand",
    "Infeasible",
    "Pair",
    "Question",
    "Shortage",
    "apart",
    "ask",
    "assign",
    "bridges",
    "draw",
    "one_per_organisation",
    "panel_mix",
    "remaining",
    "repair",
    "weigh",
]
