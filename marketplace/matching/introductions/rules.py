"""The rules of introductions as numbers and pure functions: until when to answer, how many may be asked."""

from datetime import datetime, timedelta

from marketplace.text import HANOI

ANSWER_DAYS = 10
SHORTEST = timedelta(hours=24)
REMINDED_BEFORE = timedelta(days=3)
# No organisation asks more others than this within 24 hours, or has more waiting for an answer.
MOST_A_DAY = 5
MOST_WAITING = 15
# Whoever was declined does not ask the same organisation again for so long.
REST_AFTER_DECLINE = timedelta(days=90)
END_OF_WORK = 17


def due_at(asked_at: datetime, closes_at: datetime | None) -> datetime:
    """Until when to answer: 17:00 in Hanoi of the tenth day, or the challenge's closing where that is sooner.

    Never less than 24 hours, since nobody can be asked to answer over night.
    """
    day = (asked_at.astimezone(HANOI) + timedelta(days=ANSWER_DAYS)).replace(
        hour=END_OF_WORK, minute=0, second=0, microsecond=0
    )
    if closes_at is not None and closes_at < day:
        return max(closes_at, asked_at + SHORTEST)
    return day


def reminded_at(asked_at: datetime, due: datetime) -> datetime:
    """When those asked are reminded: three days before the end, at the earliest after half of the time."""
    return max(due - REMINDED_BEFORE, asked_at + (due - asked_at) / 2)
