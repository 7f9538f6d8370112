"""Addresses of solutions, split by what is done there; importing this registers them all."""

from marketplace.solutions.routes import (
    answering,
    attaching,
    authoring,
    coeditors,
    commenting,
    comparing,
    packages,
    partnering,
    reading,
    receipts,
    screening,
    sections,
    sending,
    slots,
    uploading,
    writing,
)
from marketplace.solutions.routes.blueprint import solutions

__all__ = [
    "answering",
    "attaching",
    "authoring",
    "coeditors",
    "commenting",
    "comparing",
    "packages",
    "partnering",
    "reading",
    "receipts",
    "screening",
    "sections",
    "sending",
    "slots",
    "solutions",
    "uploading",
    "writing",
]
