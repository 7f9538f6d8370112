"""Rows of a CSV or XLSX file of old editions, by the names that importing knows. Pure."""

from typing import Any

from marketplace.files.tables import TABLES, NoTable
from marketplace.files.tables import rows_of as rows_of_table

__all__ = ["HEADINGS", "TABLES", "NoTable", "TableRow", "rows_of"]
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
_MOST_ROWS = 20_000
TableRow = tuple[int, dict[str, Any]]


def rows_of(content: bytes) -> list[TableRow]:
    """Every row that is not empty, with the number a spreadsheet shows for it, by names of HEADINGS.

    Days may be cells, 2026-12-31 or 31/12/2026. Raises NoTable.
    """
    needed = ("title", "agency", "url")
    rows = rows_of_table(content, headings=HEADINGS, needed=needed, most_rows=_MOST_ROWS)
    return [
        (number, cells | {name: _day(cells.get(name, "")) for name in ("opens", "closes")}) for number, cells in rows
    ]


def _day(text: str) -> str:
    """31/12/2026 as importing reads it; anything else as it is."""
    parts = text.strip().split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}"
    return text.strip()
