"""Taking judges, rooms and entries for the five minutes of a hearing; the database lets nothing be taken twice."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from marketplace.db import db
from marketplace.judging.defence.models import Booking, Hearing
from marketplace.judging.defence.queries import TICK, away
from marketplace.judging.models import Panel, Sheet
from marketplace.text import fold


def book(hearing: Hearing, sheets: Sequence[Sheet]) -> None:
    """Take everybody and everything that the hearing needs, and open its sheets when it begins."""
    names = [f"entry:{hearing.solution.id}", room_name(hearing.defence.panel, hearing.room)]
    names += [judge_name(sheet) for sheet in sheets]
    hearing.bookings += [Booking(what=what, at=at) for what in names for at in _ticks(hearing)]
    for sheet in sheets:
        sheet.opens_at = hearing.starts_at
    db.session.flush()


def book_judge(hearing: Hearing, sheet: Sheet) -> None:
    """Take one more judge, where they are free; elsewhere the timetable says that they are twice at once."""
    sheet.opens_at = hearing.starts_at
    if not clash_of(hearing, [sheet]):
        hearing.bookings += [Booking(what=judge_name(sheet), at=at) for at in _ticks(hearing)]
    db.session.flush()


def let_go(hearing: Hearing, sheet: Sheet | None = None) -> None:
    """Let go of everything that the hearing took, or of one judge."""
    for booking in list(hearing.bookings):
        if sheet is None or booking.what == judge_name(sheet):
            hearing.bookings.remove(booking)
    db.session.flush()


def clash_of(hearing: Hearing, sheets: Sequence[Sheet]) -> list[str]:
    """The names of judges that other hearings have taken at this one's time, or who are away; and of the room."""
    names = {judge_name(sheet): sheet.seat.person.full_name for sheet in sheets}
    names[room_name(hearing.defence.panel, hearing.room)] = hearing.room
    taken = select(Booking.what).where(Booking.what.in_(names), Booking.at.in_(list(_ticks(hearing))))
    found = set(db.session.scalars(taken.where(Booking.hearing_id != hearing.id)))
    found |= {judge_name(sheet) for sheet in sheets if sheet.seat.person_id in _away(hearing, sheets)}
    return [names[what] for what in sorted(found)]


def _away(hearing: Hearing, sheets: Sequence[Sheet]) -> Collection[int]:
    """Ids of those who said that they cannot come then."""
    return away([sheet.seat.person_id for sheet in sheets], between=(hearing.starts_at, hearing.ends_at)).keys()


def judge_name(sheet: Sheet) -> str:
    """A judge in bookings: the person, whichever panel they sit on."""
    return f"judge:{sheet.seat.person_id}"


def room_name(panel: Panel, room: str) -> str:
    """A room in bookings: by its name, for all panels of one agency."""
    return f"room:{panel.challenge.agency_id}:{fold(room)}"


def _ticks(hearing: Hearing) -> Iterator[datetime]:
    at = hearing.starts_at
    while at < hearing.ends_at:
        yield at
        at += TICK
