"""Shape of a table of old editions."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField

from marketplace.fields import Needed


class TableForm(FlaskForm):
    """One CSV or XLSX file."""

    table = FileField(_l("Table (CSV or XLSX)"), validators=[Needed()])
