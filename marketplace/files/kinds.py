"""What kinds of file are taken, and whether a file is what its name says. Pure."""

import re
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from marketplace.errors import WrongKind
from marketplace.text import fold

_CHUNK = 1 << 16
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# extension -> (media type, what the first bytes must be; None = must be text)
KINDS: dict[str, tuple[str, bytes | None]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "docx": (f"{_OFFICE}wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    "pptx": (f"{_OFFICE}presentationml.presentation", _ZIP),
    "odt": (f"{_ODF}text", _ZIP),
    "ods": (f"{_ODF}spreadsheet", _ZIP),
    "txt": ("text/plain", None),
    "csv": ("text/csv", None),
}
# what a zip may hold before it is taken for one made to fill the memory
_MOST_ENTRIES, _LARGEST, _MOST_RATIO = 5_000, 500_000_000, 200
# in a PDF: name -> our word for it; names inside compressed parts are not seen
_TELLING = {
    "javascript": rb"/(JavaScript|JS)\b",
    "launch": rb"/Launch\b",
    "embedded": rb"/EmbeddedFile\b",
    "encrypted": rb"/Encrypt\b",
}


class HoldsMacros(WrongKind):
    """An office document holds macros, whatever its name says."""


def extension_of(shown: str) -> str:
    """The extension of a name that is taken. Raises WrongKind."""
    extension = fold(shown.rsplit(".", 1)[-1]) if "." in shown else ""
    if extension not in KINDS:
        raise WrongKind(shown)
    return extension


def check_head(extension: str, head: bytes, shown: str) -> None:
    """Raise WrongKind unless the first bytes are those of the kind."""
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


def remarks_on(extension: str, stream: BinaryIO, shown: str) -> list[str]:
    """Look through the whole file, from its beginning and back there; answers our words for what readers should know.

    Raises WrongKind where a zip is not the document that its name says, HoldsMacros where a document holds macros.
    """
    stream.seek(0)
    try:
        if KINDS[extension][1] == _ZIP:
            _check_document(extension, stream, shown)
        return _found_in_pdf(stream) if extension == "pdf" else []
    finally:
        stream.seek(0)


def _check_document(extension: str, stream: BinaryIO, shown: str) -> None:
    try:
        with ZipFile(stream) as package:
            _check_size(package, shown)
            names = [fold(name) for name in package.namelist()]
            if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
                raise HoldsMacros(shown)
            _check_type(extension, package, shown)
    except (BadZipFile, LargeZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise WrongKind(shown) from error


def _check_size(package: ZipFile, shown: str) -> None:
    entries = package.infolist()
    whole, packed = sum(each.file_size for each in entries), sum(each.compress_size for each in entries)
    is_bomb = whole > _LARGEST or (whole > 10_000_000 and whole > _MOST_RATIO * max(packed, 1))
    if len(entries) > _MOST_ENTRIES or is_bomb or any(each.flag_bits & 1 for each in entries):
        raise WrongKind(shown)


def _check_type(extension: str, package: ZipFile, shown: str) -> None:
    media_type = KINDS[extension][0]
    is_odf = media_type.startswith(_ODF)
    with package.open("mimetype" if is_odf else "[Content_Types].xml") as part:
        told = part.read(1_000_000)
    if b"macroenabled" in told.lower():
        raise HoldsMacros(shown)
    wanted = media_type.encode() if is_odf else media_type.encode() + b".main+xml"
    if wanted not in told:
        raise WrongKind(shown)


def _found_in_pdf(stream: BinaryIO) -> list[str]:
    found, tail = set(), b""
    while chunk := stream.read(1 << 20):
        found |= {word for word, pattern in _TELLING.items() if re.search(pattern, tail + chunk)}
        tail = chunk[-64:]
    return [word for word in _TELLING if word in found]
