"""A briefing as a calendar entry (RFC 5545)."""

from datetime import datetime

from icalendar import Calendar, Event

from marketplace.challenges.briefings.models import Briefing


def entry_of(briefing: Briefing, *, title: str, address: str, host: str, stamped_at: datetime) -> bytes:
    """The entry with its place, for somebody who has a seat; the same reference is the same entry when it changes."""
    event = Event()
    event.add("uid", f"{briefing.reference}@{host}")
    event.add("dtstamp", stamped_at)
    event.add("dtstart", briefing.starts_at)
    event.add("dtend", briefing.ends_at)
    event.add("summary", title)
    event.add("location", " · ".join(part for part in (briefing.place, briefing.call_url) if part))
    event.add("url", address)
    event.add("status", "CANCELLED" if briefing.cancelled_at else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//briefings//VI")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
