"""How a section's form and what it changes of a challenge become each other."""

from collections.abc import Callable, Iterable
from typing import Any

from marketplace.challenges.models import Challenge, Criterion, EligibilityRule, Measure, Period, Prize
from marketplace.challenges.stages import Field, IpTerms, RuleKind

_ANCHORS = {"0": "low_vi", "5": "middle_vi", "10": "high_vi"}
_CRITERION = ("name_vi", "name_en", "weight_bp", "description_vi", "description_en")
_MEASURE = ("name_vi", "name_en", "direction", "today_milli", "target_milli", "unit_vi", "unit_en")
_PERIOD = ("name_vi", "name_en", "starts_at", "ends_at", "judged_vi", "judged_en")
_PRIZE = ("name_vi", "name_en", "field", "quantity", "amount_vnd", "reward_vi", "reward_en")
_RULE = ("kind", "values", "binds_partners")
_ROWS = {
    "criteria": (*_CRITERION, "anchors"),
    "measures": _MEASURE,
    "periods": _PERIOD,
    "prizes": _PRIZE,
    "eligibility": _RULE,
}
# of sections that hold more than columns of the same names as their fields
_COLUMNS = {
    "outcome": ("outcomes", "measures"),
    "prizes": ("contest_fields", "prizes"),
    "eligibility": ("eligibility",),
    "timetable": ("opens_at", "closes_at", "periods"),
    "criteria": ("criteria",),
}


def filled_in(section: str, challenge: Challenge) -> dict[str, Any]:
    """What a section's form shows when it is opened, beside the columns of the same name."""
    if section == "criteria":
        return {"lines": [_line_of(criterion) for criterion in challenge.criteria]}
    if section == "prizes":
        return {"lines": [_values(prize, _PRIZE) for prize in challenge.prizes] or _only_prize(challenge)}
    if section == "outcome":
        return {"lines": [_values(measure, _MEASURE) for measure in challenge.measures]}
    if section == "timetable":
        return {"lines": [_values(period, _PERIOD) for period in challenge.periods]}
    if section == "eligibility":
        bound = [rule.kind.value for rule in challenge.eligibility if rule.binds_partners]
        return {rule.kind.value: _typed(rule) for rule in challenge.eligibility} | {"partners": bound}
    return {}


def columns_of(section: str, form: Any) -> tuple[str, ...]:
    """What a section's form changes: columns, and rows of several."""
    return _COLUMNS.get(section) or tuple(name for name in form.data if name != "csrf_token")


def stored(challenge: Challenge, names: Iterable[str]) -> dict[str, Any]:
    """What stands in these columns and rows now, as `changes` tells what was typed."""
    return {name: _rows(challenge, name) if name in _ROWS else getattr(challenge, name) for name in names}


def _rows(challenge: Challenge, name: str) -> list[dict[str, Any]]:
    return [_values(row, _ROWS[name]) for row in getattr(challenge, name)]


def changes(section: str, form: Any, challenge: Challenge) -> dict[str, Any]:
    """What edit_challenge is to change for a section's valid form."""
    if section in _CHANGES:
        return _CHANGES[section](form, challenge)
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


def _of_statement(form: Any, _challenge: Challenge) -> dict[str, Any]:
    values = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return values | {"field": Field(form.field.data)}


def _of_outcome(form: Any, _challenge: Challenge) -> dict[str, Any]:
    measures = [{name: line[name].data for name in _MEASURE} for line in form.filled()]
    return {"outcomes": form.outcomes.data, "measures": measures}


def _of_adoption(form: Any, _challenge: Challenge) -> dict[str, Any]:
    values = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return values | {"ip_terms": IpTerms(form.ip_terms.data) if form.ip_terms.data else None}


def _of_prizes(form: Any, _challenge: Challenge) -> dict[str, Any]:
    named = {*(form.contest_fields.data or []), *(line["field"].data for line in form.filled())}
    fields = [field.value for field in Field if field in named]
    return {"contest_fields": fields, "prizes": [{name: line[name].data for name in _PRIZE} for line in form.filled()]}


def _of_eligibility(form: Any, _challenge: Challenge) -> dict[str, Any]:
    """A rule for each question with an answer."""
    rules = []
    for kind in RuleKind:
        typed = form[kind.value].data
        if isinstance(typed, list):
            typed = [key for key, _words in form[kind.value].choices if key in typed]
        if typed:
            values = typed if isinstance(typed, list) else [str(typed)]
            rules.append({"kind": kind, "values": values, "binds_partners": kind.value in (form.partners.data or ())})
    return {"eligibility": rules}


def _of_timetable(form: Any, _challenge: Challenge) -> dict[str, Any]:
    periods = [
        {
            "name_vi": line["name_vi"].data,
            "name_en": line["name_en"].data,
            "starts_at": line["starts_at"].utc,
            "ends_at": line["ends_at"].utc,
            "judged_vi": line["judged_vi"].data,
            "judged_en": line["judged_en"].data,
        }
        for line in form.filled()
    ]
    return {"opens_at": form.opens_at.utc, "closes_at": form.closes_at.utc, "periods": periods}


def _of_criteria(form: Any, challenge: Challenge) -> dict[str, Any]:
    """The columns of each filled line of the rubric; English anchors given elsewhere are kept."""
    known = {criterion.name_vi: criterion for criterion in challenge.criteria}
    return {"criteria": [_columns_of(line, known.get(line.name_vi.data)) for line in form.filled()]}


def _of_questions(form: Any, _challenge: Challenge) -> dict[str, Any]:
    return {"questions_close_at": form.questions_close_at.utc}


_CHANGES: dict[str, Callable[[Any, Challenge], dict[str, Any]]] = {
    "statement": _of_statement,
    "outcome": _of_outcome,
    "adoption": _of_adoption,
    "prizes": _of_prizes,
    "eligibility": _of_eligibility,
    "timetable": _of_timetable,
    "criteria": _of_criteria,
    "questions": _of_questions,
}


def _typed(rule: EligibilityRule) -> Any:
    if rule.kind in (RuleKind.APPLICANTS, RuleKind.KINDS, RuleKind.SIDES, RuleKind.SIZES):
        return rule.values
    return int(rule.values[0]) if rule.kind == RuleKind.NO_PRIZE else rule.values[0]


def _columns_of(line: Any, before: Criterion | None) -> dict[str, Any]:
    anchors: dict[str, dict[str, str]] = {}
    for score, name in _ANCHORS.items():
        text = line[name].data
        kept = before.anchors.get(score, {}) if before else {}
        if text:
            anchors[score] = {**(kept if kept.get("vi") == text else {}), "vi": text}
    return {name: line[name].data for name in _CRITERION} | {"anchors": anchors}


def _line_of(criterion: Criterion) -> dict[str, Any]:
    anchors = {name: criterion.anchors.get(score, {}).get("vi") for score, name in _ANCHORS.items()}
    return _values(criterion, _CRITERION) | anchors


def _only_prize(challenge: Challenge) -> list[dict[str, Any]]:
    """The one amount of a statement written before there were tiers."""
    if not challenge.prize_amount or challenge.prize_currency != "VND":
        return []
    return [{"name_vi": "Giải thưởng", "name_en": "Prize", "quantity": 1, "amount_vnd": challenge.prize_amount}]


def _values(thing: Prize | Criterion | Measure | Period | EligibilityRule, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}
