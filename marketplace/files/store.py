"""The content store: a file is there whole under the hash of its bytes, or nothing of it is."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from sqlalchemy import func, select

from marketplace import clock
from marketplace.db import db
from marketplace.errors import TooLarge, WrongKind
from marketplace.files.keys import SecretKey
from marketplace.files.kinds import KINDS, check_head, extension_of, remarks_on
from marketplace.files.metadata import names_in
from marketplace.files.models import StoredFile, path_of
from marketplace.files.scanning import first_state
from marketplace.files.sealing import sealed
from marketplace.text import file_name

_CHUNK = 1 << 16


@dataclass(frozen=True)
class Blob:
    """What was stored: SHA-256 (hex) and size in bytes of the content, and the SHA-256 under which it lies."""

    sha256: str
    size: int
    lies_under: str


def keep_upload(stream: BinaryIO, *, name: str, uploaded_by_id: int | None, key: SecretKey | None = None) -> StoredFile:
    """Take an upload into the store and return its row, not yet added to a session; with a key its bytes lie sealed.

    Raises WrongKind if the name's extension is not taken or the content is of another kind, HoldsMacros for documents
    with macros, TooLarge above the setting upload_limit_mb (in MB of 10^6 bytes).
    """
    shown = file_name(name)
    extension = extension_of(shown)
    remarks, names = remarks_on(extension, stream, shown), _names_told(extension, stream)
    blob = store(stream, check=lambda head: check_head(extension, head, shown), key=key)
    return StoredFile(
        name=shown,
        media_type=KINDS[extension][0],
        size=blob.size,
        sha256=blob.sha256,
        uploaded_by_id=uploaded_by_id,
        uploaded_at=clock.now(),
        key_id=key.id if key else None,
        blob_sha256=blob.lies_under if key else None,
        scan=first_state(),
        remarks=remarks,
        names=names,
    )


def _names_told(extension: str, stream: BinaryIO) -> list[list[str]]:
    """What the file tells of people; nothing where it is too large to look through."""
    content = stream.read(current_app.config["UPLOAD_LIMIT_BYTES"] + 1)
    stream.seek(0)
    return [list(each) for each in names_in(extension, content)][:20]


def store(stream: BinaryIO, *, check: Callable[[bytes], None], key: SecretKey | None = None) -> Blob:
    """Write a stream under the hash of what lies there: temp file, fsync, rename, fsync of the folder; the row follows.

    `check` is given the first 64 KiB and may raise. Raises TooLarge above the limit. Leaves nothing behind on failure.
    """
    root = Path(current_app.config["FILES_FOLDER"])
    root.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=root, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as sink:
            blob = _copy(_Measured(stream, check), sink, key)
            sink.flush()
            os.fsync(sink.fileno())
        _move_into_place(Path(temporary), path_of(blob.lies_under))
        return blob
    finally:
        Path(temporary).unlink(missing_ok=True)


class _Measured:
    """A stream that is checked, counted and hashed while it is read once."""

    def __init__(self, stream: BinaryIO, check: Callable[[bytes], None]) -> None:
        self.stream, self.check, self.digest, self.size = stream, check, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        limit = current_app.config["UPLOAD_LIMIT_BYTES"]
        while chunk := self.stream.read(_CHUNK):
            if not self.size:
                self.check(chunk)
            self.size += len(chunk)
            if self.size > limit:
                raise TooLarge(str(limit))
            self.digest.update(chunk)
            yield chunk
        if not self.size:
            raise WrongKind("empty")


def _copy(content: _Measured, sink: BinaryIO, key: SecretKey | None) -> Blob:
    lies_under = hashlib.sha256()
    for piece in sealed(content, key.secret) if key else content:
        lies_under.update(piece)
        sink.write(piece)
    return Blob(content.digest.hexdigest(), content.size, lies_under.hexdigest())


def _move_into_place(temporary: Path, final: Path) -> None:
    new_folder = not final.parent.exists()
    final.parent.mkdir(exist_ok=True)
    os.replace(temporary, final)
    for folder in [final.parent, *([final.parent.parent] if new_folder else [])]:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep_blobs(older_than: datetime) -> int:
    """Remove bytes that no row names any more; answers how many. Younger ones may wait for their row's commit."""
    lies_under = func.coalesce(StoredFile.blob_sha256, StoredFile.sha256)
    known, count = set(db.session.scalars(select(lies_under))), 0
    for path in Path(current_app.config["FILES_FOLDER"]).glob("[0-9a-f][0-9a-f]/*"):
        if path.name not in known and path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count


def sweep_incoming(older_than: datetime) -> int:
    """Remove temporary files of uploads that a crash cut off; answers how many."""
    root, count = Path(current_app.config["FILES_FOLDER"]), 0
    for path in root.glob("incoming-*"):
        if path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count
