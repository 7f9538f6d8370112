"""Shape of what is kept: for whom."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField

from marketplace.organisations.models import Organisation
from marketplace.pages import plain


class KeepForm(FlaskForm):
    """For oneself, or for everybody of an organisation."""

    owner = SelectField(_l("Keep for"))

    def offer(self, organisations: Sequence[Organisation]) -> None:
        """Let people choose themselves or one of these."""
        self.owner.choices = [("", _("Only for me")), *((each.slug, plain(each, "name")) for each in organisations)]

    def chosen(self, organisations: Sequence[Organisation]) -> Organisation | None:
        """The organisation that was chosen; None for oneself."""
        return next((each for each in organisations if each.slug == self.owner.data), None)
