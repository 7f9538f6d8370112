"""What happens to experts; the subject is the expert, and what their page says stays out of the journal."""

from marketplace.events import Event


class ExpertWritten(Event):
    """Somebody wrote or changed their own page as an expert."""


class ExpertiseAdded(Event):
    """A line of evidence was added."""


class ExpertiseRemoved(Event):
    """A line of evidence was taken off."""


class AffiliationAdded(Event):
    """Somebody said where they work or worked."""


class SupervisionNoted(Event):
    """Somebody said whom they supervised, or who supervised them."""


class SupervisionWithdrawn(Event):
    """Somebody took such a line off their page."""


class AffiliationWithdrawn(Event):
    """Somebody took an affiliation off their page."""
