"""A pool of profiles as files that every process maps into its memory, so that nobody builds or holds it twice.

Arrays lie in a file `base.*`; a file `pool.*` says where each is, and holds what is small or came later. No file ever
changes. Only our own processes write in the folder.
"""

import mmap
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from marketplace.matching.pool import Pool
from marketplace.relevance.vectors import Embedder

_ALIGNED = 64
# A reader may have read the name of a pool just before it was replaced.
_KEPT_SECONDS = 600
_EMBEDDER = "embedder"


@dataclass(frozen=True)
class _Base:
    """A file of arrays in memory; `begin` is where."""

    name: str
    memory: memoryview
    begin: int

    def span_of(self, buffer: memoryview) -> tuple[int, int] | None:
        """Where in the file an array lies, None where it lies elsewhere."""
        begin = _address(buffer) - self.begin if len(buffer) else -1
        return (begin, len(buffer)) if 0 <= begin <= len(self.memory) - len(buffer) else None


class Store:
    """The folder with the pool; what was read is kept until another one is put in its place."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._read: tuple[str, Pool] | None = None
        self._base: _Base | None = None

    def read(self, name: str) -> Pool | None:
        """The pool stored under this name, without its embedder; None where it is not here."""
        if self._read is None or self._read[0] != name:
            try:
                self._read = name, self._unpacked((self._folder / name).read_bytes())
            except FileNotFoundError:
                return None
        return self._read[1]

    def write(self, pool: Pool, name: str) -> None:
        """Store a pool. What lies in the base already stays there; a new base is made where most is new."""
        self._folder.mkdir(parents=True, exist_ok=True)
        buffers: list[memoryview] = []
        stream = BytesIO()
        _Pickler(stream, protocol=5, buffer_callback=lambda buffer: buffers.append(buffer.raw())).dump(pool.packed())
        spans = [self._base.span_of(buffer) if self._base else None for buffer in buffers]
        known = sum(span[1] for span in spans if span)
        base = self._base.name if self._base else ""
        if not base or 2 * known < sum(map(len, buffers)):
            base = f"base.{uuid4().hex}"
            spans = self._write_base(base, buffers)
        places = [span or bytes(buffer) for span, buffer in zip(spans, buffers, strict=True)]
        told = {"base": base, "buffers": places, "pool": stream.getvalue()}
        self._put(name, [pickle.dumps(told, protocol=5)])

    def tidy(self, name: str, *, at: datetime) -> None:
        """Take away the files that the pool of this name does not need, except new ones; who has them keeps them."""
        if not (self._folder / name).exists():
            return
        base = pickle.loads((self._folder / name).read_bytes())["base"]  # nosec B301  # noqa: S301 - in our own folder
        for old in self._folder.iterdir():
            if old.name not in (name, base) and at.timestamp() - old.stat().st_mtime > _KEPT_SECONDS:
                old.unlink(missing_ok=True)

    def _write_base(self, name: str, buffers: Sequence[memoryview]) -> list[tuple[int, int] | None]:
        spans, parts, end = list[tuple[int, int] | None](), list[bytes | memoryview](), 0
        for buffer in buffers:
            spans.append((end, len(buffer)))
            parts += [buffer, bytes(-len(buffer) % _ALIGNED)]
            end += len(buffer) + len(parts[-1])
        self._put(name, parts)
        return spans

    def _put(self, name: str, parts: Sequence[bytes | memoryview]) -> None:
        """A whole file in place of the one of this name."""
        draft = self._folder / f"{name}.draft"
        with draft.open("wb") as sink:
            for part in parts:
                sink.write(part)
        draft.replace(self._folder / name)

    def _unpacked(self, content: bytes) -> Pool:
        told = pickle.loads(content)  # nosec B301  # noqa: S301 - in our own folder, as the secret keys are
        base = self._mapped(told["base"])
        buffers = [each if isinstance(each, bytes) else base.memory[each[0] : sum(each)] for each in told["buffers"]]
        pool: Pool = _Unpickler(BytesIO(told["pool"]), buffers=buffers).load()
        return pool

    def _mapped(self, name: str) -> _Base:
        if self._base is None or self._base.name != name:
            with (self._folder / name).open("rb") as source:
                memory = memoryview(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ))
            self._base = _Base(name, memory, _address(memory))
        return self._base


class _Pickler(pickle.Pickler):
    """The embedder is a program, not data: it stays outside."""

    def persistent_id(self, thing: Any) -> str | None:
        return _EMBEDDER if isinstance(thing, Embedder) else None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, _name: str) -> None:
        return None


def _address(memory: memoryview) -> int:
    import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

    return int(np.frombuffer(memory, dtype=np.uint8).ctypes.data)
