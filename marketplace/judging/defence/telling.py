"""A hearing in the words of letters and calendars."""

from collections.abc import Iterable

from flask_babel import gettext as _

from marketplace import clock
from marketplace.judging.defence.calendar import Appointment, calendar
from marketplace.judging.defence.models import Hearing
from marketplace.pages import plain

# A new plan outranks every move within the one before.
_MOVES = 1000


def calendar_of(hearings: Iterable[Hearing], *, address: str) -> bytes:
    """These hearings as a file for calendars; `address` is where their reader sees more."""
    return calendar([_appointment(each, address) for each in hearings], written_at=clock.now())


def _appointment(hearing: Hearing, address: str) -> Appointment:
    challenge = hearing.defence.panel.challenge
    return Appointment(
        key=f"{hearing.solution.reference}-{hearing.defence.round}@{challenge.reference}",
        edition=hearing.defence.edition * _MOVES + hearing.edition,
        starts_at=hearing.starts_at,
        ends_at=hearing.ends_at,
        title=_("Oral defence: %(title)s", title=plain(hearing.solution, "title")),
        place=hearing.room,
        address=address,
    )
