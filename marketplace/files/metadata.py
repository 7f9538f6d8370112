"""Names that a file tells beside its content, and copies without them. Pure; only what stands in the open is seen."""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from io import BytesIO
from zipfile import ZipFile

# (what it is, name) pairs; what it is: author, editor, company, manager, place
Names = list[tuple[str, str]]
_LARGEST_PART = 20_000_000
# in the XML parts of office documents: which part, what it is, the text or attribute that holds the name
_IN_PARTS: tuple[tuple[str, str, bytes], ...] = (
    (r"docProps/core\.xml", "author", rb"(<dc:creator>)([^<]+)"),
    (r"docProps/core\.xml", "editor", rb"(<cp:lastModifiedBy>)([^<]+)"),
    (r"docProps/app\.xml", "company", rb"(<Company>)([^<]+)"),
    (r"docProps/app\.xml", "manager", rb"(<Manager>)([^<]+)"),
    (r"word/(document|comments|footnotes)\.xml", "editor", rb'( w:author=")([^"]+)'),
    (r"ppt/commentAuthors\.xml", "editor", rb'(<p:cmAuthor[^>]* name=")([^"]+)'),
    (r"meta\.xml", "author", rb"(<meta:initial-creator>)([^<]+)"),
    (r"meta\.xml", "editor", rb"(<dc:creator>)([^<]+)"),
)
_IN_PDF: tuple[tuple[str, bytes], ...] = (
    ("author", rb"(/Author\s*\()((?:\\.|[^\\()])+)"),
    ("author", rb"(/Author\s*<)([0-9A-Fa-f\s]+)"),
    ("author", rb"(<dc:creator>\s*<rdf:Seq[^>]*>\s*<rdf:li[^>]*>)([^<]+)"),
    ("author", rb"(<pdf:Author>)([^<]+)"),
)
_PNG_TEXT = {b"tEXt", b"iTXt", b"zTXt", b"eXIf"}


def names_in(extension: str, content: bytes) -> Names:
    """What the file tells of people and bodies, each once; empty where nothing is found or the kind tells nothing."""
    return list(dict.fromkeys(_FINDERS[extension](content))) if extension in _FINDERS else []


def without_names(extension: str, content: bytes) -> bytes | None:
    """A copy that tells none of them, and is otherwise the same; None where we cannot make one."""
    if extension not in _CLEANERS:
        return None
    copy = _CLEANERS[extension](content)
    return copy if not names_in(extension, copy) else None


def _in_package(content: bytes) -> Iterator[tuple[str, str]]:
    with ZipFile(BytesIO(content)) as package:
        for name, kind, pattern in _parts(package):
            for found in re.finditer(pattern, package.read(name)):
                if text := unescape(found[2].decode("utf-8", "replace")).strip():
                    yield kind, text[:200]


def _parts(package: ZipFile) -> Iterator[tuple[str, str, bytes]]:
    for info in package.infolist():
        for part, kind, pattern in _IN_PARTS:
            if re.fullmatch(part, info.filename) and info.file_size <= _LARGEST_PART:
                yield info.filename, kind, pattern


def _clean_package(content: bytes) -> bytes:
    sink = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(sink, "w") as copy:
        telling = list(_parts(source))
        for info in source.infolist():
            part = source.read(info)
            for name, _kind, pattern in telling:
                part = re.sub(pattern, rb"\1", part) if name == info.filename else part
            copy.writestr(info, part)
    return sink.getvalue()


def _in_pdf(content: bytes) -> Iterator[tuple[str, str]]:
    for kind, pattern in _IN_PDF:
        for found in re.finditer(pattern, content):
            if text := _pdf_text(found[1], found[2]):
                yield kind, text[:200]


def _pdf_text(before: bytes, raw: bytes) -> str:
    if before.startswith(b"<"):
        return unescape(raw.decode("utf-8", "replace")).strip()
    if before.endswith(b"<"):
        digits = re.sub(rb"\s", b"", raw)
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        raw = re.sub(rb"\\([0-7]{1,3})", lambda found: bytes([int(found[1], 8) & 255]), raw)
        raw = re.sub(rb"\\(.)", rb"\1", raw, flags=re.DOTALL)
    text = raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
    return text.replace("\0", "").strip()


def _clean_pdf(content: bytes) -> bytes:
    """Written over in place, letter for letter: every object of a PDF is found by its distance from the start."""
    for _kind, pattern in _IN_PDF:
        content = re.sub(pattern, lambda found: found[1] + _blank(found[1]) * len(found[2]), content)
    return content


def _blank(before: bytes) -> bytes:
    is_hex = before.endswith(b"<") and before.startswith(b"/")
    return b"0" if is_hex else b" "


def _in_jpeg(content: bytes) -> Iterator[tuple[str, str]]:
    if any(marker == 0xE1 for marker, _segment in _segments(content)):
        yield "place", "Exif"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment of a JPEG before its picture, and last the rest (marker 0)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        length = struct.unpack(">H", content[at + 2 : at + 4])[0] + 2
        yield content[at + 1], content[at : at + length]
        at += length
    yield 0, content[at:]


def _clean_jpeg(content: bytes) -> bytes:
    return content[:2] + b"".join(segment for marker, segment in _segments(content) if marker != 0xE1)


def _in_png(content: bytes) -> Iterator[tuple[str, str]]:
    if any(kind in _PNG_TEXT for kind, _chunk in _chunks(content)):
        yield "place", "PNG"


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(content):
        length = struct.unpack(">I", content[at : at + 4])[0] + 12
        yield content[at + 4 : at + 8], content[at : at + length]
        at += length


def _clean_png(content: bytes) -> bytes:
    return content[:8] + b"".join(chunk for kind, chunk in _chunks(content) if kind not in _PNG_TEXT)


_PACKAGES = ("docx", "xlsx", "pptx", "odt", "ods")
_FINDERS: Mapping[str, Callable[[bytes], Iterator[tuple[str, str]]]] = {
    **dict.fromkeys(_PACKAGES, _in_package),
    "pdf": _in_pdf,
    "jpg": _in_jpeg,
    "jpeg": _in_jpeg,
    "png": _in_png,
}
_CLEANERS: Mapping[str, Callable[[bytes], bytes]] = {
    **dict.fromkeys(_PACKAGES, _clean_package),
    "pdf": _clean_pdf,
    "jpg": _clean_jpeg,
    "jpeg": _clean_jpeg,
    "png": _clean_png,
}
