"""A line of the journal as it is hashed, and told to whom it concerns. Pure."""

from datetime import UTC
from typing import Any

from sqlalchemy import Row

from marketplace.audit.merkle import leaf_hash
from marketplace.audit.models import JournalEntry
from marketplace.text import canonical_json

# Who may read a line when is no part of what happened: a deadline that is extended raises this.
NOT_HASHED = {"sealed_until"}


def line_of(entry: JournalEntry | Row[Any], *, actor: str | None) -> dict[str, Any]:
    """What happened, in plain JSON; `actor` is the person's reference, the moment ISO 8601 in UTC with microseconds."""
    return {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "event": entry.event,
        "object_type": entry.object_type,
        "object_reference": entry.object_reference,
        "object_name": entry.object_name,
        "changes": entry.changes,
        "facts": {name: value for name, value in entry.facts.items() if name not in NOT_HASHED},
    }


def leaf_of(entry: JournalEntry | Row[Any], *, actor: str | None) -> bytes:
    """The leaf's hash over the canonical JSON of the line."""
    return leaf_hash(canonical_json(line_of(entry, actor=actor)))


def reference_of(entry: JournalEntry) -> str | None:
    """Whom the line names as its actor."""
    return entry.actor.reference if entry.actor else None
