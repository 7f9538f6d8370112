"""Addresses of a defence: the secretary's plan; hearings, and what judges, entrants and everybody read of it."""

from marketplace.judging.defence.routes import absences, hearings, planning
from marketplace.judging.defence.routes.blueprint import defence

__all__ = ["absences", "defence", "hearings", "planning"]
