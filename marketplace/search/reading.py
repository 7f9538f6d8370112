"""Vectors of what entries say, made by the worker where the extra is installed: only of what everybody may read."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, exists, select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs import enqueue, job, periodic
from marketplace.meaning import services as meaning
from marketplace.meaning.services import FOUND, Reading
from marketplace.relevance import vectors
from marketplace.search.models import EntryMeaning, SearchEntry

_AT_ONCE = 500
_SAID = [getattr(SearchEntry, f"{name}_{language}") for language in ("vi", "en") for name in ("title", "text")]
_CURRENT = exists().where(EntryMeaning.entry_id == SearchEntry.id, EntryMeaning.changed_at == SearchEntry.changed_at)
_UNREAD = select(SearchEntry.id, SearchEntry.changed_at, *_SAID).where(~_CURRENT).order_by(SearchEntry.id)


def read_later(entry_ids: Sequence[int] | None) -> None:
    """Let the worker read these entries, or (None) all that nobody read; nothing without the extra."""
    if vectors.is_installed():
        which = entry_ids[0] if entry_ids else "all"
        enqueue("read_entries", key=f"{which}-{clock.now().timestamp()}", entry_ids=entry_ids)


@job("read_entries")
def read_entries(entry_ids: Sequence[int] | None = None) -> None:
    """Make the vectors of entries as far as the time of a job allows, and leave the rest to the next; holds no lock."""
    if not vectors.is_installed():
        return
    which = _UNREAD if entry_ids is None else _UNREAD.where(SearchEntry.id.in_(entry_ids))
    entries = db.session.execute(which.limit(_AT_ONCE)).all()
    readings = list(dict.fromkeys(reading for entry in entries for reading in _readings(entry) if reading))
    missing = meaning.unread(readings)
    db.session.rollback()
    meaning.keep(meaning.read_texts(missing) if missing else [])
    made = meaning.ids_of(readings)
    rest = [entry.id for entry in entries if not _note(entry, made)]
    if rest or len(entries) == _AT_ONCE:
        read_later(entry_ids)


@periodic("read_entries", timedelta(hours=6))
def read_what_is_left() -> None:
    """What was there before the extra was, or changed while it was not."""
    if vectors.is_installed() and db.session.execute(_UNREAD.limit(1)).first():
        read_later(None)


def _readings(entry: Row[Any]) -> list[Reading | None]:
    """How what it says in Vietnamese and in English is read; None where it says no more than a name.

    Names alone are near everything that is as short.
    """
    said = ((entry[at], entry[at + 1]) for at in (2, 4))
    return [(FOUND, vectors.shortened(f"{title or ''}. {text}".lstrip(". "))) if text else None for title, text in said]


def _note(entry: Row[Any], made: Mapping[Reading, int]) -> bool:
    """Write down which vectors say what the entry says; answers whether there is nothing left to read of it."""
    readings = _readings(entry)
    if any(reading and reading not in made for reading in readings):
        return False
    vi_id, en_id = (made[reading] if reading else None for reading in readings)
    same = select(SearchEntry.id).where(SearchEntry.id == entry.id, SearchEntry.changed_at == entry.changed_at)
    if db.session.scalar(same) is None:
        return True  # it says something else by now, and another job knows of it
    known = db.session.scalar(select(EntryMeaning).where(EntryMeaning.entry_id == entry.id))
    if known is not None and (known.vi_id, known.en_id) == (vi_id, en_id):
        known.changed_at = entry.changed_at
        return True
    if known is not None:
        db.session.delete(known)
        db.session.flush()
    db.session.add(EntryMeaning(entry_id=entry.id, changed_at=entry.changed_at, vi_id=vi_id, en_id=en_id))
    return True
