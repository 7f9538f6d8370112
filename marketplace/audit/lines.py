"""A line of the journal as it is hashed, and told to whom it concerns. Pure."""

from datetime import UTC
from json.encoder import encode_basestring
from typing import Any

from marketplace.audit.merkle import leaf_hash
from marketplace.audit.models import JournalEntry
from marketplace.text import canonical_text

# what a line says, in the order in which line_of tells it
PARTS = ("at", "actor", "event", "object_type", "object_reference", "object_name", "changes", "facts")
_SORTED = sorted(PARTS)
_SHAPE = "{" + ",".join(f'"{name}":%s' for name in _SORTED) + "}"
# Who may read a line when is no part of what happened: a deadline that is extended raises this.
NOT_HASHED = {"sealed_until"}


def line_of(entry: JournalEntry, *, actor: str | None) -> dict[str, Any]:
    """What happened, in plain JSON; `actor` is the person's reference, the moment ISO 8601 in UTC with microseconds."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    things = (entry.event, entry.object_type, entry.object_reference, entry.object_name)
    return dict(zip(PARTS, (at, actor, *things, entry.changes, hashed_facts(entry.facts)), strict=True))


def hashed_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that the line's hash binds."""
    return {name: value for name, value in facts.items() if name not in NOT_HASHED}


def leaf_of(entry: JournalEntry, *, actor: str | None) -> bytes:
    """The leaf's hash over the canonical JSON of the line."""
    return leaf_of_line(line_of(entry, actor=actor))


def leaf_of_line(line: dict[str, Any]) -> bytes:
    """The same of a line that was told before.

    Its canonical JSON is put together from that of its parts, which are known and sorted here: `flask audit verify`
    does this for every line there is.
    """
    return leaf_hash((_SHAPE % tuple([_written(line[name]) for name in _SORTED])).encode())


def _written(value: str | dict[str, Any] | None) -> str:
    if value:
        return encode_basestring(value) if isinstance(value, str) else canonical_text(value)
    return canonical_text(value)


def reference_of(entry: JournalEntry) -> str | None:
    """Whom the line names as its actor."""
    return entry.actor.reference if entry.actor else None
