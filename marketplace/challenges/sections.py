"""How a section's form and the columns of a challenge become each other."""

from typing import Any

from marketplace.challenges.models import Challenge, Criterion
from marketplace.challenges.stages import Field, IpTerms

_ANCHORS = {"0": "low_vi", "5": "middle_vi", "10": "high_vi"}
_COLUMNS = {
    "statement": (
        "title_vi",
        "title_en",
        "field",
        "summary_vi",
        "summary_en",
        "description_vi",
        "description_en",
        "users_vi",
        "users_en",
    ),
    "outcome": ("outcomes", "capabilities", "data_vi", "data_en", "partners_vi", "partners_en"),
    "adoption": ("adoption_vi", "adoption_en", "prize_amount", "pilot_budget_vnd", "decision_on", "ip_terms"),
}


def filled_in(section: str, challenge: Challenge) -> dict[str, Any]:
    """What a section's form shows when it is opened."""
    if section == "criteria":
        return {"lines": [_line_of(criterion) for criterion in challenge.criteria]}
    return {}


def columns(section: str, form: Any) -> dict[str, Any]:
    """The columns that a section's valid form changes."""
    if section == "timetable":
        return {"opens_at": form.opens_at.utc, "closes_at": form.closes_at.utc}
    values = {name: form[name].data for name in _COLUMNS[section]}
    if section == "statement":
        values["field"] = Field(values["field"])
    if section == "adoption":
        values["ip_terms"] = IpTerms(values["ip_terms"]) if values["ip_terms"] else None
    return values


def criteria(form: Any, challenge: Challenge) -> list[dict[str, Any]]:
    """The columns of each filled line of the rubric; English anchors given elsewhere are kept."""
    known = {criterion.name_vi: criterion for criterion in challenge.criteria}
    return [_columns_of(line, known.get(line.name_vi.data)) for line in form.filled()]


def _columns_of(line: Any, before: Criterion | None) -> dict[str, Any]:
    anchors: dict[str, dict[str, str]] = {}
    for score, name in _ANCHORS.items():
        text = line[name].data
        kept = before.anchors.get(score, {}) if before else {}
        if text:
            anchors[score] = {**(kept if kept.get("vi") == text else {}), "vi": text}
    plain = ("name_vi", "name_en", "weight_bp", "description_vi", "description_en")
    return {name: line[name].data for name in plain} | {"anchors": anchors}


def _line_of(criterion: Criterion) -> dict[str, Any]:
    line = {
        name: getattr(criterion, name)
        for name in ("name_vi", "name_en", "weight_bp", "description_vi", "description_en")
    }
    return line | {name: criterion.anchors.get(score, {}).get("vi") for score, name in _ANCHORS.items()}
