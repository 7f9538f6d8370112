"""Sentence vectors of public texts, made by the worker when a text is saved and kept, never while somebody waits."""

import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select

from marketplace.db import db
from marketplace.meaning.models import TextVector
from marketplace.relevance import vectors
from marketplace.relevance.places import coded
from marketplace.relevance.vectors import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# How a text is read: as something to be found, or as what looks for it.
FOUND, LOOKING = "found", "looking"
# A job may work so long; the rest is left to the next one.
SECONDS = 20.0
_AT_ONCE = 500
Reading = tuple[str, str]


def unread(readings: Sequence[Reading]) -> list[Reading]:
    """Those that have no vector yet."""
    known = ids_of(readings)
    return [reading for reading in readings if reading not in known]


def ids_of(readings: Sequence[Reading]) -> dict[Reading, int]:
    """The ids of the vectors that there are."""
    found = {row.digest: row.id for row in _rows(readings, TextVector.digest, TextVector.id)}
    return {reading: found[name] for reading in readings if (name := _digest(*reading)) in found}


def read_texts(readings: Sequence[Reading]) -> list[TextVector]:
    """The vectors of these texts, as far as SECONDS allow; touches no database, so nothing is locked meanwhile."""
    model, made, begin = vectors.load(), list[TextVector](), time.monotonic()
    for how, text in readings:
        if made and time.monotonic() - begin > SECONDS:
            break
        vector = model.query(text).reshape(1, -1) if how == LOOKING else model.passages([text])
        made.append(TextVector(digest=_digest(how, text), codes=coded(vector).codes.tobytes()))
    return made


def keep(made: Iterable[TextVector]) -> None:
    """Write vectors down; those that somebody else wrote meanwhile stay."""
    fresh = {each.digest: each for each in made}
    known = db.session.scalars(select(TextVector.digest).where(TextVector.digest.in_(fresh)))
    for digest in known.all():
        del fresh[digest]
    db.session.add_all(fresh.values())
    db.session.flush()


def kept_embedder(readings: Sequence[Reading], made: Iterable[TextVector] = ()) -> Embedder:
    """What was kept, or just `made`, of these texts, as an embedder; a text without a vector is near nothing."""
    found = _kept(readings) | {each.digest: each.codes for each in made}
    size = len(next(iter(found.values()), b"0"))

    def looked_up(how: str, texts: Sequence[str]) -> "NDArray[np.float32]":
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        digests = [_digest(how, vectors.shortened(text)) for text in texts]
        codes = b"".join(found.get(digest, bytes(size)) for digest in digests)
        rows = np.frombuffer(codes, dtype=np.int8).reshape(len(texts), size).astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)

    return Embedder(passages=lambda texts: looked_up(FOUND, texts), query=lambda text: looked_up(LOOKING, [text])[0])


def _kept(readings: Sequence[Reading]) -> dict[str, bytes]:
    return {row.digest: row.codes for row in _rows(readings, TextVector.digest, TextVector.codes)}


def _rows(readings: Sequence[Reading], *columns: Any) -> Iterator[Row[Any]]:
    for begin in range(0, len(readings), _AT_ONCE):
        digests = [_digest(*reading) for reading in readings[begin : begin + _AT_ONCE]]
        yield from db.session.execute(select(*columns).where(TextVector.digest.in_(digests)))


def _digest(how: str, text: str) -> str:
    return sha256(f"{vectors.MODEL}\n{how}\n{text}".encode()).hexdigest()
