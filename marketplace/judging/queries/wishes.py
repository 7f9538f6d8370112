"""What judges would like to read."""

from collections.abc import Iterable

from sqlalchemy import select

from marketplace.db import db
from marketplace.judging.models import Entry, Preference, Seat
from marketplace.judging.queries.panels import entries_for, standings
from marketplace.judging.stages import Blind


def readable_entries(seat: Seat) -> list[Entry]:
    """The entries that this judge declared to be free of, as the judge may see them."""
    entries = entries_for(seat)
    known = standings([seat], entries)
    blind = seat.panel.rules.blind(seat.panel.round) != Blind.OPEN
    return [Entry(each.solution, each.version, blind) for each in entries if known[seat.id, each.solution.id].clear]


def wishes_of(seats: Iterable[Seat]) -> dict[tuple[int, int], Preference]:
    """What these judges said, by (seat id, solution id)."""
    found = db.session.scalars(select(Preference).where(Preference.seat_id.in_([seat.id for seat in seats])))
    return {(each.seat_id, each.solution_id): each for each in found}
