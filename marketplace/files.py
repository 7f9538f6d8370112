"""Uploads: what is taken, and a content store that never has a row without its file."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, current_app, send_file
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace import clock
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.errors import TooLarge, WrongKind
from marketplace.text import file_name, fold

_CHUNK = 1 << 16
_ZIP = b"PK\x03\x04"
# extension -> (media type, what the first bytes must be; None = must be text)
KINDS: dict[str, tuple[str, bytes | None]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", _ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", _ZIP),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    "txt": ("text/plain", None),
    "csv": ("text/csv", None),
}


class StoredFile(Base):
    """One upload: its shown name and the hash under which its bytes lie in the store."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="size_positive"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TL")
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    uploaded_at: Mapped[At]

    @property
    def path(self) -> Path:
        return path_of(self.sha256)


@dataclass(frozen=True)
class Blob:
    """Bytes in the store: SHA-256 in hex and size in bytes."""

    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    folder = Path(current_app.config["FILES_FOLDER"])
    return folder / sha256[:2] / sha256


def keep_upload(stream: BinaryIO, *, name: str, uploaded_by_id: int | None) -> StoredFile:
    """Take an upload into the store and return its row, not yet added to a session.

    Raises WrongKind if the name's extension is not taken or the first bytes are of another kind, TooLarge above the
    setting upload_limit_mb (in MB of 10^6 bytes).
    """
    shown = file_name(name)
    extension = fold(shown.rsplit(".", 1)[-1]) if "." in shown else ""
    if extension not in KINDS:
        raise WrongKind(shown)
    blob = store(stream, check=lambda head: _check_kind(extension, head, shown))
    return StoredFile(
        name=shown,
        media_type=KINDS[extension][0],
        size=blob.size,
        sha256=blob.sha256,
        uploaded_by_id=uploaded_by_id,
        uploaded_at=clock.now(),
    )


def store(stream: BinaryIO, *, check: Callable[[bytes], None]) -> Blob:
    """Write a stream under its own hash: temp file, fsync, rename, fsync of the folder; the row comes after.

    `check` is given the first 64 KiB and may raise. Raises TooLarge above the limit. Leaves nothing behind on failure.
    """
    root = Path(current_app.config["FILES_FOLDER"])
    root.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=root, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as sink:
            blob = _copy(stream, sink, check)
            sink.flush()
            os.fsync(sink.fileno())
        _move_into_place(Path(temporary), path_of(blob.sha256))
        return blob
    finally:
        Path(temporary).unlink(missing_ok=True)


def _copy(stream: BinaryIO, sink: BinaryIO, check: Callable[[bytes], None]) -> Blob:
    limit = current_app.config["UPLOAD_LIMIT_BYTES"]
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        if not size:
            check(chunk)
        size += len(chunk)
        if size > limit:
            raise TooLarge(str(limit))
        digest.update(chunk)
        sink.write(chunk)
    if not size:
        raise WrongKind("empty")
    return Blob(digest.hexdigest(), size)


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


def _check_kind(extension: str, head: bytes, shown: str) -> None:
    magic = KINDS[extension][1]
    is_text = magic is None and b"\x00" not in head and _is_utf8(head)
    if not is_text and (magic is None or not head.startswith(magic)):
        raise WrongKind(shown)


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # a character cut by the end of the chunk is no fault
        return error.start >= len(head) - 3 and len(head) == _CHUNK
    return True


def download(file: StoredFile, *, name: str | None = None) -> Response:
    """The file as a download that no browser renders in our origin, under its own name or this one."""
    name = name or file.name
    response = send_file(file.path, mimetype=file.media_type, etag=False, max_age=0)
    plain = fold(name).encode("ascii", "ignore").decode().replace('"', "").replace("\\", "")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain or 'file'}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def sweep_incoming(older_than: datetime) -> int:
    """Remove temporary files of uploads that a crash cut off; answers how many."""
    root, count = Path(current_app.config["FILES_FOLDER"]), 0
    for path in root.glob("incoming-*"):
        if path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count
