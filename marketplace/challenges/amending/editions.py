"""What a challenge says, as plain JSON and back: for versions, differences and prepared changes."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.types import JSON, Date

from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.amending.parts import PARTS
from marketplace.challenges.asking.models import OpenTerms
from marketplace.challenges.asking.queries import open_terms
from marketplace.challenges.models import Challenge
from marketplace.challenges.services.rows import ROWS, replace_rows
from marketplace.db import Moment, db

# Columns that say nothing to a reader about what is asked.
_UNSAID = frozenset(
    {
        "id", "reference", "slug", "stage", "agency_id", "author_id", "original_language", "extended_until",
        "published_at", "results_at", "returned_because", "source_url", "source_hash", "is_demo",
        "created_at", "publish_at", "scheduler_id", "opened_early_at", "invited_only",
    }
)  # fmt: skip
# said beside the challenge's own columns, and changed in the same way
QUESTIONS_END = "questions_close_at"
_OF_ROWS = frozenset({"id", "challenge_id", "position"})


def content_of(challenge: Challenge) -> dict[str, Any]:
    """Everything the public reads of it, by the name of the column or of its rows."""
    columns = {name: plain(getattr(challenge, name)) for name in _columns(Challenge) if name not in _UNSAID}
    terms = open_terms(challenge)
    columns[QUESTIONS_END] = plain(terms.questions_close_at) if terms is not None else None
    columns |= {name: [_row(row) for row in getattr(challenge, name)] for name in ROWS}
    return columns | {name: part.content(challenge) for name, part in PARTS.items()}


def plain(value: Any) -> Any:
    """A value of a column, or rows as dictionaries, as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def says(now: Any, value: Any) -> bool:
    """Whether a plain value says the same as what stands now; rows may name fewer columns than they have."""
    if not isinstance(value, list) or not isinstance(now, list) or len(now) != len(value):
        return bool(now == value)
    return all(
        new == old or (isinstance(old, dict) and isinstance(new, dict) and bool(new) and old | new == old)
        for old, new in zip(now, value, strict=True)
    )


def apply(amendment: Amendment) -> None:
    """Give its challenge the values that it prepared, plain as content_of writes them."""
    challenge = amendment.challenge
    for name, value in amendment.after.items():
        if name in PARTS:
            PARTS[name].apply(amendment, value)
        elif name == QUESTIONS_END:
            terms = open_terms(challenge) or OpenTerms(challenge=challenge)
            terms.questions_close_at = read(OpenTerms, name, value)
            db.session.add(terms)
        elif name in ROWS:
            replace_rows(challenge, name, [_read_row(name, line) for line in value])
        else:
            setattr(challenge, name, read(Challenge, name, value))


def read(table: type[Any], name: str, value: Any) -> Any:
    """The value of a column from its plain form."""
    kind = _columns(table)[name]
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    choices = getattr(kind, "enum_class", None)
    return choices(value) if choices else value


class Edition:
    """A challenge as it reads with other content: templates and forms take it for the challenge itself."""

    def __init__(self, challenge: Challenge, content: dict[str, Any]):
        self._challenge, self._content = challenge, content

    def __getattr__(self, name: str) -> Any:
        if name in ROWS and name in self._content:
            return [
                ROWS[name](position=position, **_read_row(name, line))
                for position, line in enumerate(self._content[name], start=1)
            ]
        if name in self._content:
            return read(OpenTerms if name == QUESTIONS_END else Challenge, name, self._content[name])
        return getattr(self._challenge, name)


def _columns(table: type[Any]) -> dict[str, Any]:
    return {attribute.key: attribute.columns[0].type for attribute in inspect(table).column_attrs}


def _row(row: Any) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in _columns(type(row)) if name not in _OF_ROWS}


def _read_row(name: str, line: dict[str, Any]) -> dict[str, Any]:
    return {column: read(ROWS[name], column, value) for column, value in line.items()}
