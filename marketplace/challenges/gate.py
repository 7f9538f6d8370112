"""The quality gate: what a problem statement still misses before it may be reviewed. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.challenges.models import Challenge

SHORTEST_DESCRIPTION = 200
SHORTEST_OPENING = timedelta(hours=24)


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its name, and the section of the form where it is filled in."""

    name: str
    section: str


def gaps(challenge: Challenge, at: datetime) -> list[Gap]:
    """Everything that keeps the challenge from review at this moment, in the order of the form."""
    checks = {
        Gap("title", "statement"): challenge.title_vi,
        Gap("summary", "statement"): challenge.summary_vi,
        Gap("description", "statement"): len(challenge.description_vi or "") >= SHORTEST_DESCRIPTION,
        Gap("users", "statement"): challenge.users_vi,
        Gap("outcomes", "outcome"): challenge.outcomes,
        Gap("data", "outcome"): challenge.data_vi,
        Gap("capabilities", "outcome"): challenge.capabilities,
        Gap("adoption", "adoption"): challenge.adoption_vi,
        Gap("reward", "adoption"): challenge.prize_amount or challenge.pilot_budget_vnd,
        Gap("decision", "adoption"): challenge.decision_on,
        Gap("ip", "adoption"): challenge.ip_terms,
        Gap("timetable", "timetable"): _has_time(challenge, at),
        Gap("criteria", "criteria"): _weights_complete(challenge),
    }
    return [gap for gap, filled in checks.items() if not filled]


def _has_time(challenge: Challenge, at: datetime) -> bool:
    if challenge.opens_at is None or challenge.closes_at is None:
        return False
    return challenge.closes_at - max(challenge.opens_at, at) >= SHORTEST_OPENING


def _weights_complete(challenge: Challenge) -> bool:
    return sum(criterion.weight_bp for criterion in challenge.criteria) == 10_000
