"""Shape of what an agency announces about how entries are taken."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField


class EntriesForm(FlaskForm):
    """Two rules that entrants read before they begin."""

    partners_confirm = BooleanField(
        _l("Every partner of a consortium confirms the exact version before it can be sent"),
        description=_l("Without this the lead sends for all; the entry shows who confirmed."),
    )
    counts_complete_drafts = BooleanField(
        _l("Complete drafts are taken at closing, if their entrants asked for it"),
        description=_l("Right after closing they are sent as they stand, with a receipt. Incomplete ones are not."),
    )
