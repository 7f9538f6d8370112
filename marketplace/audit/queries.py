"""Questions to the journal."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.audit.models import JournalEntry


def entries(*, object_reference: str = "", event: str = "") -> Select[JournalEntry]:
    """Lines of the journal, newest first, of one thing or one kind of event if asked."""
    found = select(JournalEntry).options(joinedload(JournalEntry.actor)).order_by(JournalEntry.id.desc())
    if object_reference:
        found = found.where(JournalEntry.object_reference == object_reference)
    if event:
        found = found.where(JournalEntry.event == event)
    return found
