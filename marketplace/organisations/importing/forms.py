"""Shape of bringing a table."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import DataRequired

from marketplace.organisations.importing.words import IMPORT_CONTENTS


class TableForm(FlaskForm):
    """The table, and what its rows are."""

    what = SelectField(_l("What the rows are"), choices=list(IMPORT_CONTENTS.items()), validators=[DataRequired()])
    table = FileField(
        _l("Table"),
        description=_l("XLSX or CSV, at most 50,000 rows; the first row names the columns."),
        validators=[FileRequired(_l("Choose a file."))],
    )
