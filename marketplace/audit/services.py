"""How an event becomes a line of the journal, in the deed's transaction or apart from it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import select

from marketplace import clock
from marketplace.audit.lines import leaf_of
from marketplace.audit.models import JournalEntry
from marketplace.db import changes_of, db, record_apart
from marketplace.events import Event

LONGEST_VALUE = 500


def entry_of(event: Event) -> JournalEntry:
    """One line: actor, object, before and after of every column that is no secret; not yet added to a session."""
    subject = event.subject
    changes = changes_of(subject)
    entry = JournalEntry(
        at=clock.now(),
        actor_id=event.actor.id if event.actor is not None else None,
        event=type(event).__name__,
        object_type=type(subject).__name__,
        object_reference=str(getattr(subject, "reference", None) or subject.id),
        object_name=_name(subject)[:300],
        changes=_as_stored({name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}),
        facts=_as_stored({name: _plain(value) for name, value in event.facts.items()}),
    )
    entry.leaf_hash = leaf_of(entry, actor=event.actor.reference if event.actor is not None else None).hex()
    return entry


def record_access(*events: Event) -> None:
    """The access ledger: lines that outlive a request which only reads. Nothing but the journal hears of them."""
    entries = [entry_of(event) for event in events]
    with record_apart() as session:
        session.add_all(entries)


def prolong_seal(name: str, *, until: datetime) -> None:
    """Keep lines whose facts name this seal in "sealed_by" from all eyes until then (UTC); never shortens.

    Who may read a line when is no part of what happened, so this is the one thing of a line that changes.
    """
    moment = until.astimezone(UTC).isoformat()
    for entry in db.session.scalars(select(JournalEntry).where(JournalEntry.facts["sealed_by"].as_string() == name)):
        if entry.facts["sealed_until"] < moment:
            entry.facts = entry.facts | {"sealed_until": moment}


def end_seal(name: str, *, at: datetime) -> None:
    """Let lines under this seal be read from `at` (UTC) on, where they were to wait longer."""
    moment = at.astimezone(UTC).isoformat()
    for entry in db.session.scalars(select(JournalEntry).where(JournalEntry.facts["sealed_by"].as_string() == name)):
        if entry.facts["sealed_until"] > moment:
            entry.facts = entry.facts | {"sealed_until": moment}


def _as_stored(told: dict[str, Any]) -> dict[str, Any]:
    """The same as a JSON column gives it back, so that its hash is the same later."""
    return json.loads(json.dumps(told))


def _name(subject: Any) -> str:
    return str(subject) if type(subject).__str__ is not object.__str__ else ""  # type: ignore[comparison-overlap]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        return f"{value[:LONGEST_VALUE]}… ({len(value)})"
    if isinstance(value, str | int | bool | list | dict) or value is None:
        return value
    return str(value)
