"""All that happens to a challenge on a day that was said beforehand, in order. Pure."""

from datetime import UTC, datetime, time
from typing import Any

from marketplace.challenges.models import Challenge
from marketplace.text import HANOI


def timetable_of(challenge: Challenge) -> list[tuple[Any, datetime, datetime | None]]:
    """Each step with its beginning and end: its phases, "open" for taking solutions, "decision" for that day."""
    steps: list[tuple[Any, datetime, datetime | None]] = [
        (period, period.starts_at, period.ends_at) for period in challenge.periods
    ]
    if challenge.opens_at is not None:
        steps.append(("open", challenge.opens_at, challenge.closes_at))
    if challenge.decision_on is not None:
        end_of_day = datetime.combine(challenge.decision_on, time(23, 59), tzinfo=HANOI).astimezone(UTC)
        steps.append(("decision", end_of_day, None))
    return sorted(steps, key=lambda step: step[1])
