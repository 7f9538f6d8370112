"""A meeting as an iCalendar file (RFC 5545): calendars replace the entry when the sequence is higher. Pure."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

PRODUCT = "-//Ba Nha//Meetings//VI"


@dataclass(frozen=True)
class Entry:
    """What a calendar is told: `uid` never changes, `sequence` grows with each change; moments in UTC."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str
    address: str
    is_cancelled: bool = False


def calendar_file(entry: Entry) -> bytes:
    """The file; a cancelled meeting is published as cancelled, so that calendars take it out."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    event.add("url", entry.address)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    found.add_component(event)
    return found.to_ical()
