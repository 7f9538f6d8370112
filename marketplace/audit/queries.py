"""Questions to the journal."""

from datetime import UTC

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.audit.models import JournalEntry


def entries(*, object_reference: str = "", event: str = "") -> Select[JournalEntry]:
    """Lines of the journal, newest first, of one thing or one kind of event if asked.

    A line whose facts name a moment "sealed_until" (UTC, ISO 8601) is for nobody's eyes before that moment.
    """
    found = select(JournalEntry).options(joinedload(JournalEntry.actor)).order_by(JournalEntry.id.desc())
    sealed_until = JournalEntry.facts["sealed_until"].as_string()
    now = clock.database_now().astimezone(UTC).isoformat()
    found = found.where(or_(sealed_until.is_(None), sealed_until <= now))
    if object_reference:
        found = found.where(JournalEntry.object_reference == object_reference)
    if event:
        found = found.where(JournalEntry.event == event)
    return found
