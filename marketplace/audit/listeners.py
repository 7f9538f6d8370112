"""Hears every event and writes a line of the journal in the same transaction."""

from marketplace.audit.services import entry_of
from marketplace.db import db
from marketplace.events import Event, listens_to


@listens_to(Event)
def write_journal(event: Event) -> None:
    """One line for what happened, kept or dropped with the deed."""
    db.session.add(entry_of(event))
