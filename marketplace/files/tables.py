"""A table somebody brings, CSV or XLSX, as rows of text by the names of its columns. Pure.

The one reader of tables: whatever a spreadsheet program wrote, text comes out, or NoTable.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from marketplace.text import clean_line, fold

TABLES = {".csv", ".xlsx"}
# headings as people write them, folded, by the names that a reader knows them by
Headings = Mapping[str, tuple[str, ...]]
TableRow = tuple[int, dict[str, str]]
_MOST_COLUMNS, _LONGEST_CELL = 60, 100_000
# a workbook is an archive: what it unpacks to is bounded before anything reads it
_MOST_UNPACKED_PER_ROW, _LEAST_UNPACKED = 20_000, 30_000_000
# how CSV files keep leading zeros from spreadsheet programs: ="0100233488"
_KEPT_TEXT = re.compile(r'="([^"=]*)"')


class NoTable(ValueError):
    """The file is no table that can be read; `why` is "kind", "size" (of `places`: most, the rows) or "columns"."""

    def __init__(self, why: str, **places: Any):
        super().__init__(why)
        self.why, self.places = why, places


def rows_of(
    content: bytes, *, headings: Headings, needed: Iterable[str], most_rows: int, only_first: bool = False
) -> list[TableRow]:
    """Every row below the headings that is not empty, with the number a spreadsheet shows for it, or only the first.

    Raises NoTable if it is neither CSV nor XLSX, has more rows, or lacks one of the `needed` columns.
    """
    lines = enumerate(_lines_of(content, most_rows), start=1)
    _number, first = next(lines, (0, []))
    columns = _columns(first, headings)
    if not set(needed) <= set(columns):
        raise NoTable("columns")
    found: list[TableRow] = []
    for number, line in lines:
        cells = {name: line[place] for name, place in columns.items() if place < len(line)}
        if any(cells.values()):
            found.append((number, cells))
            if only_first:
                break
        if number > most_rows + 1:
            raise NoTable("size", most=most_rows)
    return found


def in_utf8(content: bytes) -> bytes:
    """A CSV file in UTF-8 with a byte order mark, whatever it was in; a workbook stays as it is. Raises NoTable."""
    return content if content.startswith(b"PK") else b"\xef\xbb\xbf" + _text_of(content).encode()


def _columns(line: Sequence[str], headings: Headings) -> dict[str, int]:
    """Where each known column stands."""
    folded = [re.sub(r"[\s_]+", " ", fold(clean_line(heading))).strip(" *:") for heading in line]
    found = {
        name: next((folded.index(word) for word in words if word in folded), None) for name, words in headings.items()
    }
    return {name: place for name, place in found.items() if place is not None}


def _lines_of(content: bytes, most_rows: int) -> Iterator[list[str]]:
    return _of_workbook(content, most_rows) if content.startswith(b"PK") else _of_text(_text_of(content))


def _of_workbook(content: bytes, most_rows: int) -> Iterator[list[str]]:
    # Half a second of every start, and few processes ever read a workbook.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
            if unpacked > max(_LEAST_UNPACKED, most_rows * _MOST_UNPACKED_PER_ROW):
                raise NoTable("size", most=most_rows)
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(max_row=most_rows + 3, max_col=_MOST_COLUMNS, values_only=True)
        yield from ([_cell(each) for each in row] for row in rows)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError, SyntaxError) as wrong:
        raise wrong if isinstance(wrong, NoTable) else NoTable("kind") from wrong


def _of_text(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_cell(_KEPT_TEXT.sub(r"\1", cell)) for cell in row[:_MOST_COLUMNS]]
    except csv.Error as wrong:
        raise NoTable("kind") from wrong


def _text_of(content: bytes) -> str:
    """UTF-8 or UTF-16, else Windows-1258, in which Vietnamese spreadsheets were saved for years."""
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1258")
        except UnicodeDecodeError as wrong:
            raise NoTable("kind") from wrong
    if re.search("[\0\x01-\x08\x0e-\x1f]", text):
        raise NoTable("kind")
    return text


def _cell(value: Any) -> str:
    """What a cell says: days as 2026-12-31, whole numbers without a point, nothing of errors such as #N/A."""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)[:_LONGEST_CELL].strip()
    return "" if re.fullmatch(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", text) else text
