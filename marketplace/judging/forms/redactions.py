"""Shape of a copy for blind rounds."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from marketplace.judging.forms.parts import reasons_field


class RedactionForm(FlaskForm):
    """The copy, and what was covered in it."""

    copy = FileField(_l("The copy for judges"), validators=[FileRequired(_l("Choose a file."))])
    reason = reasons_field(
        _l("What was covered, and why"),
        _l("Say what was covered, and why."),
        _l("It stays on record, together with both files. Judges do not read it."),
    )
