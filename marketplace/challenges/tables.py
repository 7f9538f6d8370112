"""Rows of a CSV or XLSX file of old editions, by the names that importing knows. Pure."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from marketplace.text import clean_line, fold

TABLES = {".csv", ".xlsx"}
# the headings, as people write them in either language, without diacritics and case
HEADINGS = {
    "title": ("title", "ten bai toan", "ten", "tieu de"),
    "agency": ("agency", "co quan", "don vi"),
    "summary": ("summary", "tom tat"),
    "description": ("description", "mo ta", "noi dung"),
    "prize": ("prize", "giai thuong"),
    "opens": ("opens", "ngay mo", "bat dau"),
    "closes": ("closes", "ngay dong", "han nop"),
    "url": ("url", "duong dan", "dia chi"),
    "judging": ("judging", "tieu chi", "cach cham"),
    "language": ("language", "ngon ngu"),
}
_NAMES = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_MOST_ROWS = 20_000
TableRow = tuple[int, dict[str, Any]]


# what the command line says; pages say it in words.NO_TABLES
_SAID = {
    "headings": "the first row must name at least title, agency and url",
    "rows": "it has more than {most} rows",
    "workbook": "it is no workbook that can be read",
    "not_utf8": "the file is not UTF-8",
    "csv": "it is no CSV that can be read",
}


class NoTable(ValueError):
    """The file is no table that can be read: `why` is one of the words above; its text says it in English."""

    def __init__(self, why: str, **places: Any):
        super().__init__(_SAID[why].format(**places))
        self.why, self.places = why, places


def rows_of(content: bytes, name: str) -> list[TableRow]:
    """Every row that is not empty, with the number a spreadsheet shows for it, by names of HEADINGS.

    Days may be cells, 2026-12-31 or 31/12/2026. Raises NoTable.
    """
    lines = enumerate(_lines_of(content, name), start=1)
    _number, headings = next(lines, (0, []))
    columns = [_NAMES.get(fold(clean_line(str(cell or "")))) for cell in headings]
    if not {"title", "agency", "url"} <= set(columns):
        raise NoTable("headings")
    rows = [(number, _named(columns, line)) for number, line in lines]
    if len(rows) > _MOST_ROWS:
        raise NoTable("rows", most=_MOST_ROWS)
    return [(number, row) for number, row in rows if any(row.values())]


def _lines_of(content: bytes, name: str) -> Iterable[list[Any]]:
    if not name.lower().endswith(".xlsx"):
        return _csv_lines(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    except (BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise NoTable("workbook") from error


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoTable("not_utf8") from error
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=mark)
    except csv.Error as error:
        raise NoTable("csv") from error


def _named(columns: list[str | None], line: list[Any]) -> dict[str, Any]:
    cells = {name: _plain(cell) for name, cell in zip(columns, line, strict=False) if name is not None}
    for name in ("opens", "closes"):
        cells[name] = _day(cells.get(name, ""))
    return cells


def _plain(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _day(text: str) -> str:
    """31/12/2026 as importing reads it; anything else as it is."""
    parts = text.strip().split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}"
    return text.strip()
