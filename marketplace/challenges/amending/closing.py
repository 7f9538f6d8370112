"""What the rules say about closing times: minimum extension, shortening, outages, second persons. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from marketplace.text import HANOI

# Nearer to closing than this nobody moves a deadline alone, and nobody moves it forward at all.
SHORT = timedelta(hours=24)
OFFICE_OPENS, OFFICE_CLOSES = time(9), time(17)
# Moving these takes nothing from anybody who has already answered.
_TIMES = frozenset({"opens_at", "closes_at", "decision_on", "questions_close_at"})
_JUDGED = ("judged_vi", "judged_en")


@dataclass(frozen=True)
class OutageRule:
    """How long after recovery a deadline still counts as hit, and how long after recovery it is then."""

    grace: timedelta
    extension: timedelta


def is_material(before: Mapping[str, Any], after: Mapping[str, Any], *, original_language: str) -> bool:
    """Whether what changes may change an answer: all but times, and translations of the text that binds.

    `before` and `after` are plain values by name; rows in `after` may name fewer columns than they have.
    """
    other = "en" if original_language == "vi" else "vi"
    return any(
        name not in _TIMES
        and not _is_of(name, other)
        and _binding(_judged(name, before.get(name)), other) != _binding(_judged(name, value), other)
        for name, value in _whole(before, after).items()
    )


def _judged(name: str, value: Any) -> Any:
    """Of phases what is judged in them: their names and times take nothing from anybody."""
    if name != "periods":
        return value
    told = [{key: row.get(key) for key in _JUDGED} for row in value or []]
    return [each for each in told if any(each.values())]


def _is_of(name: str, language: str) -> bool:
    return name == language or name.endswith(f"_{language}")


def _whole(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The values after, their rows with the columns that they did not name."""
    whole = dict(after)
    for name, rows in after.items():
        old = before.get(name)
        if isinstance(rows, list) and isinstance(old, list) and len(rows) == len(old):
            whole[name] = [o | n if isinstance(n, dict) else n for o, n in zip(old, rows, strict=True)]
    return whole


def _binding(value: Any, other: str) -> Any:
    """What a plain value says without its translations, and what has a name of its own without its place."""
    if isinstance(value, dict):
        return {name: _binding(each, other) for name, each in value.items() if not _is_of(name, other)}
    if not isinstance(value, list):
        return value
    said = [_binding(each, other) for each in value]
    named = all(isinstance(each, dict) and "reference" in each for each in said)
    return {each["reference"]: each for each in said} if said and named else said


def closing_after_change(closes_at: datetime, *, at: datetime, least: timedelta) -> datetime:
    """The closing after a material change published at this moment: moved by whole days until `least` is left."""
    lacking = at + least - closes_at
    if lacking <= timedelta():
        return closes_at
    return closes_at + timedelta(days=-(-lacking // timedelta(days=1)))


def shortens_too_much(before: datetime, after: datetime, *, at: datetime) -> bool:
    """Whether a closing is moved forward to less than 24 hours from now, or to the past."""
    return after < before and after - at < SHORT


def needs_second_person(before: datetime, after: datetime, *, at: datetime) -> bool:
    """Whether a change must be published by somebody else than who prepared it: less than 24 hours are left."""
    return min(before, after) - at < SHORT


def closing_after_outage(
    closes_at: datetime, *, began_at: datetime, ended_at: datetime, rule: OutageRule
) -> datetime | None:
    """The closing after an outage, None for a deadline that it did not hit.

    The rule of Vietnam's e-procurement (Circular 08/2022/TT-BKHDT): a deadline between the beginning and recovery plus
    grace moves to recovery plus extension, or to 09:00 when that falls outside office hours of Hanoi.
    """
    if not began_at <= closes_at <= ended_at + rule.grace:
        return None
    return max(closes_at, _in_office_hours(ended_at + rule.extension))


def _in_office_hours(moment: datetime) -> datetime:
    local = moment.astimezone(HANOI)
    if OFFICE_OPENS <= local.time() <= OFFICE_CLOSES:
        return moment
    day = local.date() + timedelta(days=1 if local.time() > OFFICE_CLOSES else 0)
    return datetime.combine(day, OFFICE_OPENS, HANOI).astimezone(moment.tzinfo)
