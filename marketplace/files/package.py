"""ZIP files written while they are sent: nothing is kept in memory but a piece. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from marketplace.text import HANOI


@dataclass(frozen=True)
class Item:
    """A file of the package: its path, its content in pieces, and when it was made."""

    path: str
    content: Iterable[bytes]
    made_at: datetime


class _Outlet:
    """Takes what ZipFile writes and hands it on; cannot go back, so ZipFile writes sizes after the content."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def packed(items: Iterable[Item]) -> Iterator[bytes]:
    """The ZIP of these files, piece by piece; not compressed, because most of what people attach is already."""
    outlet = _Outlet()
    with ZipFile(cast("IO[bytes]", outlet), "w", ZIP_STORED) as package:
        for item in items:
            with package.open(_info(item), "w", force_zip64=True) as part:
                for piece in item.content:
                    part.write(piece)
                    yield outlet.taken()
    yield outlet.taken()


def _info(item: Item) -> ZipInfo:
    made = item.made_at.astimezone(HANOI)
    return ZipInfo(item.path, (made.year, made.month, made.day, made.hour, made.minute, made.second))
