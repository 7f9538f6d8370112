"""Shape of what an agency announces about how entries are taken."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import DataRequired, NumberRange

from marketplace.fields import WholeNumberField

MOST_ENTRIES = 20


class EntriesForm(FlaskForm):
    """Three rules that entrants read before they begin."""

    most_entries = WholeNumberField(
        _l("How many entries of one entrant are taken"),
        description=_l("Entries in which an organisation is a partner count too. Usually 1."),
        validators=[
            DataRequired(_l("Say how many entries of one entrant are taken.")),
            NumberRange(1, MOST_ENTRIES, _l("Choose a number from 1 to 20.")),
        ],
    )
    partners_confirm = BooleanField(
        _l("Every partner of a consortium confirms the exact version before it can be sent"),
        description=_l("Without this the lead sends for all; the entry shows who confirmed."),
    )
    counts_complete_drafts = BooleanField(
        _l("Complete drafts are taken at closing, if their entrants asked for it"),
        description=_l("Right after closing they are sent as they stand, with a receipt. Incomplete ones are not."),
    )
