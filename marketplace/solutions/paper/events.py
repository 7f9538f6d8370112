"""What happens to entries that came on paper; the subject is always the solution."""

from marketplace.events import Event


class PaperTakenIn(Event):
    """A clerk began to type in what came on paper; facts say when the paper arrived."""


class PaperDiscarded(Event):
    """What was begun was thrown away unsealed, by its clerk or (actor None) because the counter is closed."""


class PaperHandedOver(Event):
    """It was typed in after closing and waits for a second person; facts["reason"] says why so late."""


class PaperReceived(Event):
    """It was received, as of the arrival of the paper; unsaid["code"] lets the entrant take it over, or is None."""


class PaperTakenOver(Event):
    """Whoever stood at the counter goes on with it online."""
