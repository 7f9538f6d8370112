"""Addresses of introductions."""

from marketplace.matching.introductions.routes import asking as _asking  # noqa: F401 - adds its addresses
from marketplace.matching.introductions.routes import reading as _reading  # noqa: F401
from marketplace.matching.introductions.routes import writing as _writing  # noqa: F401
from marketplace.matching.introductions.routes.blueprint import introductions

__all__ = ["introductions"]
