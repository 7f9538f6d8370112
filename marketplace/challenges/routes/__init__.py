"""Addresses of challenges, split by who works at them."""

from marketplace.challenges.routes import (
    authoring,
    beginning,
    deciding,
    hosting,
    importing,
    inviting,
    pledging,
    reading,
    reviewing,
    translating,
)
from marketplace.challenges.routes.blueprint import challenges

__all__ = [
    "authoring",
    "beginning",
    "challenges",
    "deciding",
    "hosting",
    "importing",
    "inviting",
    "pledging",
    "reading",
    "reviewing",
    "translating",
]
