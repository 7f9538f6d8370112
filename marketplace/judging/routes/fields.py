"""Which field of a contest a page is about."""

from flask import request

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Field


def field_asked(challenge: Challenge) -> Field | None:
    """The field that the address asks for, else the first; None where the challenge has no fields."""
    fields = challenge.entry_fields
    return next((field for field in fields if field.value == request.args.get("field")), fields[0] if fields else None)
