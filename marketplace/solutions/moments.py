"""Times to the second, as a receipt and a deadline need them. Pure."""

from datetime import UTC, datetime

from marketplace.text import HANOI, format_moment


def time_of_day(moment: datetime) -> str:
    """The time in Hanoi: "16:58:03"."""
    return f"{moment.astimezone(HANOI):%H:%M:%S}"


def to_the_second(moment: datetime, language: str = "vi") -> str:
    """Time and day in Hanoi: "16:58:03 ngày 21/11/2026 (giờ Hà Nội)" or "16:58:03 on 21 Nov 2026 (Hanoi time)"."""
    minutes = format_moment(moment, language)
    return time_of_day(moment) + minutes[len("16:58") :]


def moment_read(text: str) -> datetime:
    """The moment that a version's content keeps as text (ISO 8601 with its zone)."""
    return datetime.fromisoformat(text)


def in_utc(moment: datetime) -> str:
    """The same moment as computers compare it: "2026-11-21 09:58:03 UTC"."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
