"""What happens to later closings of single entrants."""

from marketplace.events import Event


class LatePassProposed(Event):
    """One person of the agency asks another to give somebody a later closing."""


class LatePassApproved(Event):
    """A second person gave it; everything stays sealed until the last such closing."""


class LatePassUsed(Event):
    """An entrant took it; the subject is the solution."""
