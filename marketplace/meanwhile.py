"""Two people at one form: the fingerprint of what it was opened with, and both texts side by side."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, Field, FieldList, Form, HiddenField

from marketplace import formats
from marketplace.errors import Conflict
from marketplace.text import HANOI


class EditedMeanwhile(Conflict):
    """Somebody else saved the same texts since the form was opened."""


def edition_of(values: Mapping[str, Any]) -> str:
    """A short fingerprint of stored values: equal to the one a form was opened with while nobody changed them."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:32]


def must_be_unchanged(edition: str | None, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    """Raise EditedMeanwhile if what is stored is neither what the form was opened with nor what is saved now.

    `edition` is edition_of them at that time; None does not ask.
    """
    if edition not in (None, edition_of(stored)) and edition_of(stored) != edition_of(typed):
        raise EditedMeanwhile(", ".join(stored))


@dataclass(frozen=True)
class Both:
    """What two people say in one field, in words; empty where somebody says nothing."""

    title: str
    theirs: str
    mine: str


def differing(mine: Form, theirs: Form) -> list[Both]:
    """Each visible field, or line of several, in which a form as typed says something else than as it is stored."""
    pairs = [pair for name in mine._fields for pair in _pairs(mine[name], theirs[name])]
    told = [Both(title, _said(stored), _said(typed)) for title, stored, typed in pairs if _data(stored) != _data(typed)]
    return [both for both in told if both.theirs != both.mine]


def _pairs(mine: Field, theirs: Field) -> Iterator[tuple[str, Field | None, Field | None]]:
    if isinstance(mine, HiddenField):
        return
    if not isinstance(mine, FieldList):
        yield str(mine.label.text), theirs, mine
        return
    for stored, typed in zip_longest(_filled(theirs), _filled(mine)):
        yield str((stored or typed).form.name_vi.data), stored, typed


def _filled(lines: FieldList) -> list[Field]:
    """The lines with a name; the others are left out when they are saved."""
    return [line for line in lines if line.form.name_vi.data]


def _data(field: Field | None) -> Any:
    return field.data if field is not None else None


def _said(field: Any) -> str:
    """What stands in a field, as a reader says it."""
    if field is None:
        return ""
    if hasattr(field, "form"):
        return "\n".join(f"{each.label.text}: {_said(each)}" for each in field.form if _said(each))
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else _("No")
    if getattr(field, "choices", None):
        keys = field.data if isinstance(field.data, list) else [field.data]
        return "; ".join(str(choice[1]) for choice in field.choices if choice[0] in keys)
    if isinstance(field.data, datetime):
        return formats.moment(field.data.replace(tzinfo=HANOI))
    return str(field._value()) if field.data not in (None, "", []) else ""
