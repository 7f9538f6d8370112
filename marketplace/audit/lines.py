"""A line of the journal as it is hashed, and told to whom it concerns. Pure."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Row

from marketplace.audit.merkle import leaf_hash
from marketplace.audit.models import JournalEntry
from marketplace.text import canonical_json

# Who may read a line when is no part of what happened: a deadline that is extended raises this.
NOT_HASHED = {"sealed_until"}


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a line that a database may keep in other ways: the moment as text, and what JSON columns hold."""

    at: str
    changes: dict[str, Any]
    facts: dict[str, Any]


def line_of(entry: JournalEntry, *, actor: str | None) -> dict[str, Any]:
    """What happened, in plain JSON; `actor` is the person's reference, the moment ISO 8601 in UTC with microseconds."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _line(entry, actor, Told(at, entry.changes, entry.facts))


def _line(entry: JournalEntry | Row[Any], actor: str | None, told: Told) -> dict[str, Any]:
    return {
        "at": told.at,
        "actor": actor,
        "event": entry.event,
        "object_type": entry.object_type,
        "object_reference": entry.object_reference,
        "object_name": entry.object_name,
        "changes": told.changes,
        "facts": {name: value for name, value in told.facts.items() if name not in NOT_HASHED},
    }


def leaf_of(entry: JournalEntry, *, actor: str | None) -> bytes:
    """The leaf's hash over the canonical JSON of the line."""
    return leaf_hash(canonical_json(line_of(entry, actor=actor)))


def leaf_of_row(row: Row[Any], *, actor: str | None, told: Told) -> bytes:
    """The same of a row of plain columns."""
    return leaf_hash(canonical_json(_line(row, actor, told)))


def reference_of(entry: JournalEntry) -> str | None:
    """Whom the line names as its actor."""
    return entry.actor.reference if entry.actor else None
