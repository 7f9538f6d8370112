"""Shape of bringing a table, and of taking it back."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import DataRequired

from marketplace.fields import TypedReferenceField
from marketplace.organisations.importing.models import ImportRun
from marketplace.organisations.importing.words import IMPORT_CONTENTS


class UndoForm(FlaskForm):
    """The reference of the import, since thousands of rows go."""

    typed = TypedReferenceField(_l("Type the reference of the import"))

    def __init__(self, run: ImportRun, **values: Any):
        super().__init__(**values)
        self.typed.reference = run.reference


class TableForm(FlaskForm):
    """The table, and what its rows are."""

    what = SelectField(_l("What the rows are"), choices=list(IMPORT_CONTENTS.items()), validators=[DataRequired()])
    table = FileField(
        _l("Table"),
        description=_l("XLSX or CSV, at most 50,000 rows; the first row names the columns."),
        validators=[FileRequired(_l("Choose a file."))],
    )
