"""What all entries together are like: how many, how long, and how many hold a term."""

from collections.abc import Collection as Terms
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select
from sqlalchemy import Engine as Database

from marketplace.search.engines import Engine
from marketplace.search.models import SearchEntry
from marketplace.search.scoring import Collection

# Mean lengths are those of the newest entries.
_SAMPLE = 500
LENGTHS = (SearchEntry.title_length, SearchEntry.tags_length, SearchEntry.body_length)
# Numbers are given once and upwards, so the highest says nearly how many there are, at no cost.
_SIZE = select(func.max(SearchEntry.id))
_NEWEST = select(*LENGTHS).order_by(SearchEntry.id.desc()).limit(_SAMPLE).subquery()
_MEANS = select(*(func.avg(_NEWEST.c[column.key]) for column in LENGTHS))
# To count who holds a common word takes milliseconds. Of so many entries, what so many hold is remembered until there
# are a hundredth more.
_LARGE, _COMMON, _DRIFT = 10_000, 1_000, 100


@dataclass
class _Remembered:
    """What a database said when it had so many entries."""

    size: int = 0
    mean_lengths: tuple[float, float, float] = (0.0, 0.0, 0.0)
    frequencies: dict[str, int] = field(default_factory=dict)


_remembered: WeakKeyDictionary[Database, dict[str, _Remembered]] = WeakKeyDictionary()


def collection_of(connection: Connection, engine: Engine, terms: Terms[str]) -> Collection:
    """What scoring needs to know for these terms."""
    size = connection.scalar(_SIZE) or 0
    known = _of_this_size(connection, engine, size)
    missing = [term for term in terms if term not in known.frequencies]
    found = engine.frequencies(connection, missing) if missing else {}
    if size >= _LARGE:
        known.frequencies.update((term, count) for term, count in found.items() if count >= _COMMON)
    held = {term: known.frequencies[term] for term in terms if term in known.frequencies}
    return Collection(size=size, mean_lengths=known.mean_lengths, frequencies=held | found)


def _of_this_size(connection: Connection, engine: Engine, size: int) -> _Remembered:
    said = _remembered.setdefault(connection.engine, {})
    known = said.get(engine.name)
    if known is None or size < _LARGE or abs(size - known.size) * _DRIFT > known.size:
        title, tags, body = (float(mean or 0) for mean in connection.execute(_MEANS).one())
        known = said[engine.name] = _Remembered(size, (title, tags, body))
    return known
