"""Questions to the journal."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.audit.models import Checkpoint, JournalEntry
from marketplace.db import db
from marketplace.errors import NotFound

# what a BIGINT column holds
_MOST = 1 << 63


def entries(*, object_reference: str = "", event: str = "") -> Select[JournalEntry]:
    """Lines of the journal, newest first, of one thing or one kind of event if asked.

    A line whose facts name a moment "sealed_until" (UTC, ISO 8601) is for nobody's eyes before that moment.
    """
    found = select(JournalEntry).options(joinedload(JournalEntry.actor)).order_by(JournalEntry.id.desc())
    found = found.where(is_unsealed(clock.database_now()))
    if object_reference:
        found = found.where(JournalEntry.object_reference == object_reference)
    if event:
        found = found.where(JournalEntry.event == event)
    return found


def is_unsealed(at: datetime) -> ColumnElement[bool]:
    """Lines that may be read at this moment."""
    sealed_until = JournalEntry.facts["sealed_until"].as_string()
    return or_(sealed_until.is_(None), sealed_until <= at.astimezone(UTC).isoformat())


def entries_about(reference: str, event: str) -> Sequence[JournalEntry]:
    """Every line of one event about one thing, sealed or not, oldest first: only for those who may know of it."""
    return db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.object_reference == reference, JournalEntry.event == event)
        .options(joinedload(JournalEntry.actor))
        .order_by(JournalEntry.id)
    ).all()


def checkpoints() -> Select[Checkpoint]:
    """The signed heads, newest first."""
    return select(Checkpoint).order_by(Checkpoint.size.desc())


def checkpoint_at(size: int) -> Checkpoint:
    """The signed head of the tree of that many lines; raises NotFound."""
    found = db.session.scalar(select(Checkpoint).where(Checkpoint.size == size)) if size < _MOST else None
    if found is None:
        raise NotFound(str(size))
    return found


def latest_closing(challenge_reference: str, *, since: datetime) -> Checkpoint | None:
    """The checkpoint made when this challenge closed, at `since` or after."""
    return db.session.scalar(
        select(Checkpoint)
        .where(Checkpoint.closing_of == challenge_reference, Checkpoint.made_at >= since)
        .order_by(Checkpoint.size.desc())
        .limit(1)
    )
