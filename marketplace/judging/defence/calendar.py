"""A hearing as an entry of people's calendars (RFC 5545). Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Appointment:
    """One entry: `key` stays the same when it is moved, `edition` grows, so that calendars take the later one."""

    key: str
    edition: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    address: str


def calendar(appointments: list[Appointment], *, written_at: datetime) -> bytes:
    """A file with these appointments."""
    found = Calendar()
    found.add("prodid", "-//Ba Nha//Oral defence//VI")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for each in appointments:
        found.add_component(_event(each, written_at))
    return found.to_ical()


def _event(each: Appointment, written_at: datetime) -> Event:
    event = Event()
    event.add("uid", each.key)
    event.add("sequence", each.edition)
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("dtstart", each.starts_at.astimezone(UTC))
    event.add("dtend", each.ends_at.astimezone(UTC))
    event.add("summary", each.title)
    event.add("location", each.place)
    event.add("url", each.address)
    return event
