"""Addresses of challenges, split by who works at them."""

from marketplace.challenges.routes import authoring, deciding, pledging, reading, reviewing
from marketplace.challenges.routes.blueprint import challenges

__all__ = ["authoring", "challenges", "deciding", "pledging", "reading", "reviewing"]
