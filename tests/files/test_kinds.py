"""Whether a file is what its name says, all through."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from marketplace.errors import WrongKind
from marketplace.files import keep_upload
from marketplace.files.kinds import KINDS, HoldsMacros
from tests.files.office import an_office_file

OFFICE = [kind for kind, (_type, head) in KINDS.items() if head == b"PK\x03\x04"]


def keep(content, name):
    return keep_upload(io.BytesIO(content), name=name, uploaded_by_id=None)


def bomb():
    sink = io.BytesIO()
    with ZipFile(sink, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b" " * 20_000_000)
    return sink.getvalue()


@pytest.mark.feature("T-074")
@pytest.mark.parametrize("kind", OFFICE)
def test_a_document_renamed_to_another_kind_is_refused(app, kind):
    for other in OFFICE:
        if other != kind:
            with pytest.raises(WrongKind):
                keep(an_office_file(other), f"a.{kind}")


@pytest.mark.feature("T-074")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (an_office_file("docx", word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "a.docx"),
        (an_office_file("xlsx", xl__VBAPROJECT_BIN=b"x").replace(b"VBAPROJECT_BIN", b"VBAPROJECT.BIN"), "a.xlsx"),
        (an_office_file("odt", Basic__Standard__Module1="x"), "a.odt"),
        (an_office_file("ods", Scripts__python__a="x"), "a.ods"),
    ],
)
def test_a_document_with_macros_is_refused_whatever_its_name(app, content, name):
    with pytest.raises(HoldsMacros):
        keep(content, name)


@pytest.mark.feature("T-074")
def test_a_macro_enabled_type_is_refused_without_its_macros_too(app):
    sink = io.BytesIO()
    with ZipFile(sink, "w") as package:
        package.writestr("[Content_Types].xml", 'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"')

    with pytest.raises(HoldsMacros):
        keep(sink.getvalue(), "a.docx")


@pytest.mark.feature("T-077")
@pytest.mark.parametrize("content", [bomb(), b"PK\x03\x04 cut off", an_office_file()[:-30]])
def test_bombs_and_broken_packages_are_refused_without_unpacking(app, content):
    with pytest.raises(WrongKind):
        keep(content, "a.docx")


@pytest.mark.feature("T-077")
def test_a_pdf_says_what_its_readers_should_know(app):
    pdf = (
        b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\n/EmbeddedFile\n/Launch /Encrypt"
    )

    assert keep(pdf, "a.pdf").remarks == ["javascript", "launch", "embedded", "encrypted"]
    assert keep(b"%PDF-1.7 /JSON /LaunchPad", "b.pdf").remarks == []
