"""The list of received solutions as a workbook that runs nothing, whatever people typed. Pure."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from marketplace.text import HANOI

Cell = str | int | datetime | None
# what a spreadsheet, or the CSV somebody makes of it, could take for the beginning of a formula
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(_STARTERS) else text


def workbook(headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """One sheet: bold headings that stay in sight, numbers as numbers, moments in Hanoi time, text as inert text."""
    sink = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(sink, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet()
        moment, bold = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}), book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, (number, column), cell, moment)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return sink.getvalue()


def _write(sheet: "xlsxwriter.worksheet.Worksheet", place: tuple[int, int], cell: Cell, moment: object) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(*place, cell.astimezone(HANOI).replace(tzinfo=None), moment)
    elif isinstance(cell, int):
        sheet.write_number(*place, cell)
    elif cell is not None:
        sheet.write_string(*place, inert(cell)[:32_767])
