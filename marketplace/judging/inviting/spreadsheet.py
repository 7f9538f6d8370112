"""A list of judges in a spreadsheet, CSV or XLSX, as rows of text. Pure: whatever a file holds, text comes out."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.files.tables import NoTable, rows_of
from marketplace.text import clean_line

MOST_ROWS = 500
_LONGEST = 300
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
    try:
        rows = rows_of(content, headings=_HEADINGS, needed=["email"], most_rows=MOST_ROWS)
    except NoTable as wrong:
        raise Unreadable("email" if str(wrong) == "columns" else str(wrong)) from wrong
    return [
        Row(number, **{"email": "", **{name: clean_line(cell)[:_LONGEST] for name, cell in cells.items()}})
        for number, cells in rows
    ]
