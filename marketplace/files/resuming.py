"""Uploads in pieces over connections that break: each piece lies sealed until all of them make a file."""

import os
import re
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from flask import current_app

from marketplace.errors import Conflict
from marketplace.files.keys import SecretKey
from marketplace.files.sealing import sealed, unsealed

_IN_MEMORY = 30_000_000


class WrongOffset(Conflict):
    """The piece does not begin where the last one ended."""


def received_size(upload: str) -> int:
    """How many bytes of this upload (an unguessable word) have arrived in one piece after another."""
    size = 0
    for start, length, _path in _pieces(upload):
        if start != size:
            break
        size += length
    return size


def add_piece(upload: str, content: bytes, *, offset: int, key: SecretKey) -> int:
    """Keep a piece that begins at `offset`; answers how much there is now. The same piece again changes nothing.

    Raises WrongOffset where a piece between is missing.
    """
    if offset > received_size(upload):
        raise WrongOffset(str(offset))
    root = Path(current_app.config["FILES_FOLDER"])
    root.mkdir(parents=True, exist_ok=True)
    path = root / f"incoming-{upload}.{offset:012d}.{len(content)}"
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as sink:
        sink.writelines(sealed([content], key.secret))
        sink.flush()
        os.fsync(sink.fileno())
    os.replace(temporary, path)
    return received_size(upload)


def assembled(upload: str, key: SecretKey) -> BinaryIO:
    """All pieces as one stream from its beginning."""
    whole = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - its reader closes it
    for _start, _length, path in _pieces(upload):
        with path.open("rb") as piece:
            whole.writelines(unsealed(piece, key.secret))
    whole.seek(0)
    return cast("BinaryIO", whole)


def forget_upload(upload: str) -> None:
    """Remove its pieces."""
    for _start, _length, path in _pieces(upload):
        path.unlink(missing_ok=True)


def finish_upload(upload: str) -> None:
    """Remove its pieces and keep a mark, so that whoever missed our last answer can ask again; it is swept later."""
    _mark(upload).touch()
    forget_upload(upload)


def is_finished(upload: str) -> bool:
    """Whether all of it arrived and became a file."""
    return _mark(upload).exists()


def _mark(upload: str) -> Path:
    return Path(current_app.config["FILES_FOLDER"]) / f"incoming-{upload}.done"


def _pieces(upload: str) -> list[tuple[int, int, Path]]:
    root, found = Path(current_app.config["FILES_FOLDER"]), []
    for path in root.glob(f"incoming-{upload}.*"):
        if named := re.fullmatch(r".*\.(\d{12})\.(\d+)", path.name):
            found.append((int(named[1]), int(named[2]), path))
    return sorted(found)
