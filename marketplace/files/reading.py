"""The content of a stored file, whether it lies sealed or open."""

from collections.abc import Iterator

from marketplace.files.keys import unwrapped
from marketplace.files.models import StoredFile
from marketplace.files.sealing import PIECE, unsealed


def content_of(file: StoredFile) -> Iterator[bytes]:
    """The file's bytes, piece by piece; the row and its key are read at once, so the pieces need no database.

    Whether the reader may have them was decided before: this is only the store. Raises OSError, sealing.Damaged.
    """
    path, secret = file.path, unwrapped(file.key) if file.key is not None else None
    return _pieces(str(path), secret)


def _pieces(path: str, secret: bytes | None) -> Iterator[bytes]:
    with open(path, "rb") as stream:
        if secret is not None:
            yield from unsealed(stream, secret)
            return
        while piece := stream.read(PIECE):
            yield piece


def whole_content(file: StoredFile) -> bytes:
    """All of it in memory: for what must be read at once, up to the limit of an upload."""
    return b"".join(content_of(file))
