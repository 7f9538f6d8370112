"""Addresses of judging, split by who works at them."""

from marketplace.judging.routes import decisions, feedback, objections, panels, rankings, rules, seats, sheets, slots
from marketplace.judging.routes.blueprint import judging

__all__ = ["decisions", "feedback", "judging", "objections", "panels", "rankings", "rules", "seats", "sheets", "slots"]
