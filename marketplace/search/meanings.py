"""What a process knows of the meaning of entries, kept in its memory; nobody waits for it, and nothing asked is stored.

The first question that could use it lets a thread load the model, and is answered by words alone.
"""

from collections.abc import Collection, Sequence
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import bindparam, func, select

from marketplace.db import db
from marketplace.meaning.models import TextVector
from marketplace.relevance import vectors
from marketplace.relevance.places import scaled
from marketplace.relevance.vectors import Embedder
from marketplace.search.among import among
from marketplace.search.blending import Meanings, Nearness
from marketplace.search.models import EntryMeaning, SearchEntry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Entries that are near without holding a word; of so many looked at, for some may say something else by now.
MOST_NEAR, LOOKED_AT = 20, 60
# New ones that one question reads; later questions read the rest.
_AT_ONCE = 10_000
_VI, _EN = TextVector.__table__.alias(), TextVector.__table__.alias()
# count() of all rows takes a tenth of the time that count(id) does.
_COUNT = select(func.count()).select_from(EntryMeaning)
_STATE = select(select(func.max(EntryMeaning.id)).scalar_subquery(), _COUNT.scalar_subquery())
_IDS = select(EntryMeaning.id).order_by(EntryMeaning.id)
_ROWS = (
    select(EntryMeaning.entry_id, EntryMeaning.id, _VI.c.codes, _EN.c.codes)
    .outerjoin(_VI, _VI.c.id == EntryMeaning.vi_id)
    .outerjoin(_EN, _EN.c.id == EntryMeaning.en_id)
    .order_by(EntryMeaning.id)
    .limit(_AT_ONCE)
)
_NEWER, _NAMED = _ROWS.where(EntryMeaning.id > bindparam("after")), _ROWS.where(among(EntryMeaning.id, "ids"))
# What an entry says has changed since, or it is gone, where this finds nothing.
_CURRENT = (
    select(SearchEntry.id, SearchEntry.kind, SearchEntry.field, SearchEntry.house)
    .join(EntryMeaning, EntryMeaning.entry_id == SearchEntry.id)
    .where(EntryMeaning.changed_at == SearchEntry.changed_at, among(EntryMeaning.id, "ids"))
)


def loaded_model() -> Embedder | None:
    """What reads questions; None without the extra, and until a thread has loaded it."""
    return _held().embedder()


def meanings_now(size: int) -> Meanings:
    """The vectors of all entries, of so many numbers each, as the worker has made them by now."""
    return _held().current(size)


def near_entries(nearness: Nearness, known: Collection[int]) -> list[Any]:
    """The nearest entries that say now what they said when they were read, without `known` ones; at most MOST_NEAR."""
    rows = dict([each for each in nearness.nearest() if each[0] not in known][:LOOKED_AT])
    current = {row.id: row for row in db.session.execute(_CURRENT, {"ids": list(rows.values())})} if rows else {}
    return [current[number] for number in rows if number in current][:MOST_NEAR]


class Held:
    """The model, and the vectors of entries as they were at the last question."""

    def __init__(self) -> None:
        self.loading: Thread | None = None
        self._is_there = vectors.is_installed()  # looked for once: that takes longer than many a search
        self._embedder: Embedder | None = None
        self._meanings: Meanings | None = None
        self._lock = Lock()

    def embedder(self) -> Embedder | None:
        """The model where it is loaded; where it could be, a thread begins to."""
        if self._is_there and self.loading is None:
            with self._lock:
                if self.loading is None:
                    self.loading = Thread(target=self._load, daemon=True)
                    self.loading.start()
        return self._embedder

    def current(self, size: int) -> Meanings:
        """The vectors of entries, as many numbers each, as the database has them now."""
        highest, count = db.session.execute(_STATE).one()
        with self._lock:
            held = self._meanings or _meanings([], size)
            if (highest or 0, count) != (held.highest, len(held.rows)):
                held = self._meanings = _refreshed(held, count, size)
            return held

    def _load(self) -> None:
        self._embedder = vectors.load()


def _held() -> Held:
    kept: Held | None = current_app.extensions.get("search_meanings")
    return kept or current_app.extensions.setdefault("search_meanings", Held())


def _refreshed(held: Meanings, count: int, size: int) -> Meanings:
    """With what is new and, where that does not make up the `count`, without what is gone."""
    import numpy as np  # noqa: PLC0415 - only who has vectors pays for numpy

    newer = db.session.execute(_NEWER, {"after": held.highest}).all()
    held = held.with_these(_meanings(newer, size)) if newer else held
    if len(newer) == _AT_ONCE or len(held.rows) == count:
        return held
    there = np.array(db.session.scalars(_IDS).all(), dtype=np.int64)
    held = held.without(np.setdiff1d(held.rows, there))
    # written earlier than the newest, and committed later
    late = np.setdiff1d(there, held.rows).tolist()
    return held.with_these(_meanings(db.session.execute(_NAMED, {"ids": late}).all(), size)) if late else held


def _meanings(rows: Sequence[Any], size: int) -> Meanings:
    """Rows of _ROWS; vectors of another length, by a model of before, count for nothing."""
    import numpy as np  # noqa: PLC0415

    def codes(at: int) -> "NDArray[np.int8]":
        kept = (row[at] or b"" for row in rows)
        joined = b"".join(each if len(each) == size else bytes(size) for each in kept)
        return np.frombuffer(joined, dtype=np.int8).reshape(len(rows), size)

    numbers, ids = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    return Meanings(numbers, ids, {"vi": scaled(codes(2)), "en": scaled(codes(3))})
