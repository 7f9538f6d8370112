"""Names that files tell beside their content: found, and gone in the copy."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from marketplace.files.metadata import names_in, without_names
from tests.files.office import a_named_docx, an_office_file

INFO = b"%PDF-1.7\n1 0 obj << /Author (Nguy\\(e\\)n Lan) /Title (X) >>\nendobj\nxref\n0 1\n"
HEX = b"%PDF-1.7\n<< /Author <FEFF004C0061006E> >>"
XMP = b"%PDF-1.7\n<dc:creator><rdf:Seq><rdf:li>Lan &amp; Minh</rdf:li></rdf:Seq></dc:creator>"


def png(*chunks):
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00GPS12345\xff\xdb\x00\x04ab\xff\xda\x00\x04picture\xff\xd9"
PNG = png((b"IHDR", b"1"), (b"tEXt", b"Author\0Lan"), (b"IDAT", b"2"), (b"IEND", b""))


@pytest.mark.parametrize(
    ("extension", "content", "names"),
    [
        (
            "docx",
            a_named_docx(),
            [("author", "Nguyễn Thị Lan"), ("editor", "Phạm Minh"), ("company", "Công ty Mưa Phố")],
        ),
        ("docx", an_office_file("docx", **{"word__comments.xml": '<w:comment w:author="Lan"/>'}), [("editor", "Lan")]),
        ("odt", an_office_file("odt", **{"meta.xml": "<dc:creator>Lan</dc:creator>"}), [("editor", "Lan")]),
        ("pdf", INFO, [("author", "Nguy(e)n Lan")]),
        ("pdf", HEX, [("author", "Lan")]),
        ("pdf", XMP, [("author", "Lan & Minh")]),
        ("jpg", JPEG, [("place", "Exif")]),
        ("png", PNG, [("place", "PNG")]),
    ],
)
def test_names_are_found_and_the_copy_tells_none(extension, content, names):
    copy = without_names(extension, content)

    assert names_in(extension, content) == names
    assert names_in(extension, copy) == []


def test_a_copy_keeps_everything_else():
    with ZipFile(BytesIO(without_names("docx", a_named_docx()))) as copy:
        assert copy.read("main.xml") == "<document>Đề án</document>".encode()
        assert "<dc:title>Đề án</dc:title>" in copy.read("docProps/core.xml").decode()
    assert [len(without_names("pdf", each)) for each in (INFO, HEX, XMP)] == [len(INFO), len(HEX), len(XMP)]
    assert without_names("jpg", JPEG) == JPEG[:2] + JPEG[20:]
    assert without_names("png", PNG) == png((b"IHDR", b"1"), (b"IDAT", b"2"), (b"IEND", b""))


def test_text_tells_nothing_and_needs_no_copy():
    assert (names_in("txt", b"Author: Lan"), without_names("txt", b"Author: Lan")) == ([], None)
