"""Addresses of challenges, split by who works at them."""

from marketplace.challenges.routes import (
    authoring,
    beginning,
    deciding,
    hosting,
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
    "inviting",
    "pledging",
    "reading",
    "reviewing",
    "translating",
]
