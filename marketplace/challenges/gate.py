"""The quality gate: what a problem statement still misses, what that weighs, and how far each section is. Pure."""

import enum
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from marketplace.challenges.models import Challenge

SHORTEST_DESCRIPTION = 200
SHORTEST_OPENING = timedelta(hours=24)
FAIR_OPENING = timedelta(days=30)
SECTIONS = (
    *("statement", "outcome", "resources", "adoption", "prizes"),
    *("eligibility", "timetable", "criteria", "entries"),
)


class Severity(enum.StrEnum):
    """FIXED: nobody can do without it. HARD: the operator may, with a reason. SOFT: it only weighs."""

    FIXED = "fixed"
    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its name, and the section of the form where it is filled in."""

    name: str
    section: str
    severity: Severity = field(default=Severity.HARD, compare=False)
    weight: int = field(default=5, compare=False)


def gaps(challenge: Challenge, at: datetime) -> list[Gap]:
    """What keeps the challenge from publication at this moment, in the order of the form; waived ones do not."""
    waived = {waiver.gap for waiver in challenge.waivers}
    return [gap for gap in misses(challenge, at) if gap.severity != Severity.SOFT and gap.name not in waived]


def misses(challenge: Challenge, at: datetime) -> list[Gap]:
    """Everything that is missing at this moment, also what only weighs and what was waived."""
    return [gap for gap, filled in _checks(challenge, at).items() if not filled]


def score(challenge: Challenge, at: datetime) -> int:
    """How much of all that weighs is there: 0 to 100, rounded down; what was waived is still missing."""
    checks = _checks(challenge, at)
    there = sum(gap.weight for gap, filled in checks.items() if filled)
    return there * 100 // sum(gap.weight for gap in checks)


def progress(challenge: Challenge, at: datetime) -> dict[str, str]:
    """Each section's state in the order of the form: completed, incomplete, not_started or optional."""
    checks, missing = _checks(challenge, at), {gap.section for gap in gaps(challenge, at)}
    begun = {gap.section for gap, filled in checks.items() if filled}
    states = {
        section: ("incomplete" if section in begun else "not_started") if section in missing else "completed"
        for section in SECTIONS
    }
    if states["prizes"] == "completed" and not challenge.prizes and not challenge.prize_amount:
        states["prizes"] = "optional"
    if not challenge.eligibility:
        states["eligibility"] = "optional"
    return states


def _checks(challenge: Challenge, at: datetime) -> dict[Gap, object]:
    return {
        **_of_the_problem(challenge),
        **_of_what_is_sought(challenge),
        **_of_what_follows(challenge),
        Gap("timetable", "timetable", Severity.FIXED): _lasts(challenge, at, SHORTEST_OPENING),
        Gap("long_enough", "timetable", Severity.SOFT, 3): _lasts(challenge, challenge.opens_at or at, FAIR_OPENING),
        Gap("criteria", "criteria", Severity.FIXED, 8): _weights_complete(challenge),
        Gap("anchors", "criteria", Severity.SOFT, 3): all(line.anchors for line in challenge.criteria),
    }


def _of_the_problem(challenge: Challenge) -> dict[Gap, object]:
    description = challenge.description_vi or ""
    return {
        Gap("title", "statement", Severity.FIXED): challenge.title_vi,
        Gap("summary", "statement"): challenge.summary_vi,
        Gap("description", "statement", weight=10): len(description) >= SHORTEST_DESCRIPTION,
        Gap("figures", "statement", Severity.SOFT, 4): re.search("[0-9]", description),
        Gap("users", "statement", weight=8): challenge.users_vi,
        Gap("current_cost", "statement", weight=8): challenge.current_cost_vi,
        Gap("prior_work", "statement", Severity.SOFT, 3): challenge.prior_work_vi,
        Gap("english", "statement", Severity.SOFT, 3): challenge.title_en and challenge.summary_en,
    }


def _of_what_is_sought(challenge: Challenge) -> dict[Gap, object]:
    return {
        Gap("outcomes", "outcome"): challenge.outcomes,
        Gap("measures", "outcome", weight=10): challenge.measures,
        Gap("today", "outcome", Severity.SOFT, 3): any(each.today_milli is not None for each in challenge.measures),
        Gap("data", "resources", weight=8): challenge.data_vi,
        Gap("capabilities", "resources"): challenge.capabilities,
        Gap("essentials", "resources", Severity.SOFT, 3): challenge.essentials,
    }


def _of_what_follows(challenge: Challenge) -> dict[Gap, object]:
    return {
        Gap("adoption", "adoption"): challenge.adoption_vi,
        Gap("owner", "adoption"): challenge.adoption_owner_vi,
        Gap("pilot_budget", "adoption", weight=8): challenge.pilot_budget_vnd is not None,
        Gap("pilot_site", "adoption", Severity.SOFT, 4): challenge.pilot_site_vi,
        Gap("decision", "adoption"): challenge.decision_on,
        Gap("ip", "adoption"): challenge.ip_terms,
        Gap("reward", "prizes"): challenge.prizes or challenge.prize_amount or challenge.pilot_budget_vnd,
    }


def _lasts(challenge: Challenge, at: datetime, least: timedelta) -> bool:
    if challenge.opens_at is None or challenge.closes_at is None:
        return False
    return challenge.closes_at - max(challenge.opens_at, at) >= least


def _weights_complete(challenge: Challenge) -> bool:
    return sum(criterion.weight_bp for criterion in challenge.criteria) == 10_000
