"""A list of judges in a spreadsheet, CSV or XLSX, as rows of text. Pure: whatever a file holds, text comes out."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from marketplace.text import clean_line, fold

MOST_ROWS = 500
_MOST_COLUMNS, _LONGEST = 30, 300
# a workbook is an archive: what it unpacks to is bounded before anything reads it
_MOST_UNPACKED = 30_000_000
# headings as people write them, folded; an English or a Vietnamese one, anywhere in the first row
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "thu dien tu", "dia chi thu dien tu", "dia chi email"),
    "name": ("name", "full name", "ho va ten", "ho ten", "ten"),
    "role": ("role", "vai tro"),
    "side": ("side", "house", "speaks for", "khoi", "dai dien"),
    "fields": ("field", "fields", "linh vuc"),
}


class Unreadable(ValueError):
    """The file is no list of judges; its text says why: "kind", "email" or "size"."""


@dataclass(frozen=True)
class Row:
    """A line of the list as typed, with its number in the file."""

    line: int
    email: str
    name: str = ""
    role: str = ""
    side: str = ""
    fields: str = ""


def read_rows(content: bytes) -> list[Row]:
    """The rows below the headings, empty ones left out. Raises Unreadable."""
    lines = list(_lines_of_workbook(content) if content.startswith(b"PK") else _lines_of_text(content))
    columns = _columns(lines[0]) if lines else {}
    if "email" not in columns:
        raise Unreadable("email")
    rows = [
        Row(number, **{name: line[place] if place < len(line) else "" for name, place in columns.items()})
        for number, line in enumerate(lines[1:], start=2)
        if any(line)
    ]
    if len(rows) > MOST_ROWS:
        raise Unreadable("size")
    return rows


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Where each thing stands, by the words of the first row."""
    folded = [fold(heading) for heading in headings]
    found = {
        name: next((folded.index(word) for word in words if word in folded), None) for name, words in _HEADINGS.items()
    }
    return {name: place for name, place in found.items() if place is not None}


def _lines_of_workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_UNPACKED:
                raise Unreadable("size")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        yield from _texts(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS, values_only=True))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError) as wrong:
        raise wrong if isinstance(wrong, Unreadable) else Unreadable("kind") from wrong


def _lines_of_text(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable("kind") from wrong
    if "\0" in text:
        raise Unreadable("kind")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from _texts(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as wrong:
        raise Unreadable("kind") from wrong


def _texts(rows: Iterable[Sequence[object]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS + 1:
            raise Unreadable("size")
        yield [clean_line("" if cell is None else str(cell))[:_LONGEST] for cell in row[:_MOST_COLUMNS]]
