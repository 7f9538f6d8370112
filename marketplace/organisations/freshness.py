"""How long what a profile says is taken for true after somebody confirmed it. Pure."""

from datetime import datetime, timedelta

CONFIRMED_FOR = timedelta(days=365)
REMINDED_BEFORE = timedelta(days=30)


def is_stale(confirmed_at: datetime, at: datetime) -> bool:
    """Whether nobody has said for a year that the profile is still true."""
    return at >= confirmed_at + CONFIRMED_FOR


def is_to_remind(confirmed_at: datetime, at: datetime) -> bool:
    """Whether its people should be asked: a month before it goes stale, and after."""
    return at >= confirmed_at + CONFIRMED_FOR - REMINDED_BEFORE
