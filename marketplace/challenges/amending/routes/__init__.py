"""Addresses of amendments and of outages."""

from marketplace.challenges.amending.routes.amendments import amendments
from marketplace.challenges.amending.routes.outages import outages

__all__ = ["amendments", "outages"]
