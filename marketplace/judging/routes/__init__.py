"""Addresses of judging, split by who works at them."""

from marketplace.judging.routes import (
    calibration,
    decisions,
    drafting,
    feedback,
    objections,
    panels,
    paper,
    rankings,
    redactions,
    revisions,
    rules,
    seats,
    sheets,
    slots,
    wishes,
)
from marketplace.judging.routes.blueprint import judging

__all__ = [
    "calibration",
    "decisions",
    "drafting",
    "feedback",
    "judging",
    "objections",
    "panels",
    "paper",
    "rankings",
    "redactions",
    "revisions",
    "rules",
    "seats",
    "sheets",
    "slots",
    "wishes",
]
