"""Addresses of amendments and of outages."""

from marketplace.challenges.amending.routes.amendments import amendments
from marketplace.challenges.amending.routes.entry_form import form_amending
from marketplace.challenges.amending.routes.outages import outages

__all__ = ["amendments", "form_amending", "outages"]
