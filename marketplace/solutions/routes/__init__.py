"""Addresses of solutions, split by what is done there; importing this registers them all."""

from marketplace.solutions.routes import attaching, reading, receipts, screening, sending, slots, writing
from marketplace.solutions.routes.blueprint import solutions

__all__ = ["attaching", "reading", "receipts", "screening", "sending", "slots", "solutions", "writing"]
