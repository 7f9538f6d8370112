"""Shape of a list of judges: a file, then the rows that were read from it."""

import json

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import ValidationError

from marketplace.judging.inviting.spreadsheet import MOST_ROWS, Row

LARGEST = 2_000_000
_NAMES = ("email", "name", "role", "side", "fields")


class ListForm(FlaskForm):
    """The file."""

    file = FileField(
        _l("List of judges"),
        description=_l("XLSX or CSV, at most 500 rows; the first row names the columns."),
        validators=[FileRequired(_l("Choose a file."))],
    )


class RowsForm(FlaskForm):
    """The rows of a list that was looked at, as the page before wrote them."""

    rows = HiddenField()

    def validate_rows(self, field: HiddenField) -> None:
        try:
            self.read = as_rows(field.data or "")
        except (ValueError, TypeError, KeyError):
            raise ValidationError(_("Choose the file again.")) from None


def as_text(rows: list[Row]) -> str:
    """Rows as the page keeps them."""
    return json.dumps([[row.line, *(getattr(row, name) for name in _NAMES)] for row in rows], ensure_ascii=False)


def as_rows(text: str) -> list[Row]:
    """The rows again; raises ValueError or TypeError for anything else."""
    found = json.loads(text)
    if not isinstance(found, list) or len(found) > MOST_ROWS or not all(len(each) == len(_NAMES) + 1 for each in found):
        raise ValueError("no rows")
    return [Row(int(line), *(str(part)[:300] for part in rest)) for line, *rest in found]
