"""Shape of what people type about challenges."""

from marketplace.challenges.forms.deciding import ReasonsForm
from marketplace.challenges.forms.sections import SECTIONS, StartForm

__all__ = ["SECTIONS", "ReasonsForm", "StartForm"]
