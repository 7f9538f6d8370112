"""Small real office documents and PDFs: complete enough for our eyes, with macros or names on request."""

from io import BytesIO
from zipfile import ZipFile

from marketplace.files.kinds import KINDS

CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-'
    'properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Đề án</dc:title>'
    "<dc:creator>{author}</dc:creator>"
    "<cp:lastModifiedBy>{editor}</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Company>{company}</Company><Pages>2</Pages></Properties>"
)


def an_office_file(extension: str = "docx", **parts: str | bytes) -> bytes:
    """A package of this kind; `parts` are further files by name, with "__" for a slash."""
    media_type, sink = KINDS[extension][0], BytesIO()
    with ZipFile(sink, "w") as package:
        if extension in {"odt", "ods"}:
            package.writestr("mimetype", media_type)
            package.writestr("content.xml", "<office/>")
        else:
            kind = f'<Override PartName="/main.xml" ContentType="{media_type}.main+xml"/>'
            package.writestr("[Content_Types].xml", f"<Types>{kind}</Types>")
            package.writestr("main.xml", "<document>Đề án</document>")
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return sink.getvalue()


def a_named_docx(author="Nguyễn Thị Lan", editor="Phạm Minh", company="Công ty Mưa Phố") -> bytes:
    """A document that tells who wrote it."""
    core, app = CORE.format(author=author, editor=editor), APP.format(company=company)
    return an_office_file("docx", **{"docProps__core.xml": core, "docProps__app.xml": app})
