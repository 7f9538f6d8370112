"""What happens around an oral defence."""

from marketplace.events import Event


class DefencePlanned(Event):
    """The timetable was made, or made anew; the subject is the defence."""


class DefenceAnnounced(Event):
    """Entrants and judges are invited; the subject is the defence."""


class HearingMoved(Event):
    """An entry is heard at another time or place; the subject is the hearing."""


class QuestionRecorded(Event):
    """A question of a hearing was written down; the subject is the hearing. The journal holds no text."""


class SheetReopened(Event):
    """A judge takes a finished sheet of an oral round back to change points; the subject is the sheet."""


class AbsenceSaid(Event):
    """A judge cannot come at some time; the subject is the absence. The journal holds no reason."""


class AbsenceWithdrawn(Event):
    """A judge can come after all; the subject is the absence."""
