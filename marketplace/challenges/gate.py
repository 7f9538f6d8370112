"""The quality gate: what a problem statement still misses before it may be reviewed. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.challenges.models import Challenge

SHORTEST_DESCRIPTION = 200
SHORTEST_OPENING = timedelta(hours=24)
SECTIONS = ("statement", "outcome", "adoption", "prizes", "eligibility", "timetable", "criteria", "entries")


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its name, and the section of the form where it is filled in."""

    name: str
    section: str


def gaps(challenge: Challenge, at: datetime) -> list[Gap]:
    """Everything that keeps the challenge from review at this moment, in the order of the form."""
    return [gap for gap, filled in _checks(challenge, at).items() if not filled]


def progress(challenge: Challenge, at: datetime) -> dict[str, str]:
    """Each section's state in the order of the form: completed, incomplete, not_started or optional."""
    checks = _checks(challenge, at)
    states = {}
    for section in SECTIONS:
        marks = [bool(filled) for gap, filled in checks.items() if gap.section == section]
        states[section] = "completed" if all(marks) else "incomplete" if any(marks) else "not_started"
    if states["prizes"] == "completed" and not challenge.prizes and not challenge.prize_amount:
        states["prizes"] = "optional"
    states["eligibility"] = "completed" if challenge.eligibility else "optional"
    return states


def _checks(challenge: Challenge, at: datetime) -> dict[Gap, object]:
    return {
        Gap("title", "statement"): challenge.title_vi,
        Gap("summary", "statement"): challenge.summary_vi,
        Gap("description", "statement"): len(challenge.description_vi or "") >= SHORTEST_DESCRIPTION,
        Gap("users", "statement"): challenge.users_vi,
        Gap("outcomes", "outcome"): challenge.outcomes,
        Gap("data", "outcome"): challenge.data_vi,
        Gap("capabilities", "outcome"): challenge.capabilities,
        Gap("adoption", "adoption"): challenge.adoption_vi,
        Gap("decision", "adoption"): challenge.decision_on,
        Gap("ip", "adoption"): challenge.ip_terms,
        Gap("reward", "prizes"): challenge.prizes or challenge.prize_amount or challenge.pilot_budget_vnd,
        Gap("timetable", "timetable"): _has_time(challenge, at),
        Gap("criteria", "criteria"): _weights_complete(challenge),
    }


def _has_time(challenge: Challenge, at: datetime) -> bool:
    if challenge.opens_at is None or challenge.closes_at is None:
        return False
    return challenge.closes_at - max(challenge.opens_at, at) >= SHORTEST_OPENING


def _weights_complete(challenge: Challenge) -> bool:
    return sum(criterion.weight_bp for criterion in challenge.criteria) == 10_000
