"""How the values of a challenge are told to readers of an amendment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.challenges.amending.differences import Piece, word_differences
from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.amending.parts import PARTS
from marketplace.challenges.services.rows import ROWS
from marketplace.challenges.words import DIRECTIONS, told_rule
from marketplace.formats import day, moment, money, number, percent
from marketplace.labels import FIELDS, IP_TERMS, YES_NO, word

NAMES = {
    "title_vi": _l("Title in Vietnamese"),
    "title_en": _l("Title in English"),
    "summary_vi": _l("Summary in Vietnamese"),
    "summary_en": _l("Summary in English"),
    "description_vi": _l("Background in Vietnamese"),
    "description_en": _l("Background in English"),
    "users_vi": _l("Who suffers, in Vietnamese"),
    "users_en": _l("Who suffers, in English"),
    "current_cost_vi": _l("What it costs today"),
    "current_cost_en": _l("What it costs today, in English"),
    "prior_work_vi": _l("What was tried before"),
    "prior_work_en": _l("What was tried before, in English"),
    "list_batch": _l("Batch of the city's list"),
    "list_group": _l("Group of the city's list"),
    "questions_close_at": _l("Questions are taken until"),
    "policies": _l("Programmes and plans that it serves"),
    "essentials": _l("What a solution cannot do without"),
    "nice_to_haves": _l("What would be welcome"),
    "measures": _l("Measures of success"),
    "adoption_owner_vi": _l("Who takes the solution into use"),
    "adoption_owner_en": _l("Who takes the solution into use, in English"),
    "pilot_site_vi": _l("Pilot site"),
    "pilot_site_en": _l("Pilot site, in English"),
    "data_vi": _l("Data and site available, in Vietnamese"),
    "data_en": _l("Data and site available, in English"),
    "partners_vi": _l("What the three houses contribute, in Vietnamese"),
    "partners_en": _l("What the three houses contribute, in English"),
    "adoption_vi": _l("What happens after a win, in Vietnamese"),
    "adoption_en": _l("What happens after a win, in English"),
    "outcomes": _l("Outcomes"),
    "capabilities": _l("Required capabilities"),
    "field": _l("Field"),
    "contest_fields": _l("Fields of the contest"),
    "ip_terms": _l("Rights after a win"),
    "prize_amount": _l("Prize in đồng"),
    "pilot_budget_vnd": _l("Pilot budget in đồng"),
    "decision_on": _l("Day of the decision"),
    "opens_at": _l("Opens"),
    "closes_at": _l("Closes"),
    "periods": _l("Phases"),
    "criteria": _l("Criteria and weights"),
    "prizes": _l("Prizes"),
    "eligibility": _l("Who may answer"),
    "most_entries": _l("How many entries of one entrant are taken"),
    "partners_confirm": _l("Every partner of a consortium confirms the exact version before it can be sent"),
    "counts_complete_drafts": _l("Complete drafts are taken at closing, if their entrants asked for it"),
}


@dataclass(frozen=True)
class Change:
    """One thing that changed: its name, what it was and is as text, and the words that went and came."""

    name: str
    label: str
    before: str
    after: str
    pieces: list[Piece]

    @property
    def is_short(self) -> bool:
        """Whether old and new are better read whole, one after the other: times, money, single choices."""
        return self.name in _TOLD and self.name not in {"contest_fields", *ROWS}


def changes_of(amendment: Amendment) -> list[Change]:
    """Everything that an amendment changes, in the order of the page of a challenge."""
    order = [*NAMES, *sorted(set(amendment.after) - set(NAMES) - set(PARTS))]
    changes = [_change(name, amendment) for name in order if name in amendment.after]
    for name, part in PARTS.items():
        if name in amendment.after:
            told_of = part.told(amendment.before.get(name), amendment.after[name])
            changes += [Change(name, *each, word_differences(*each[1:])) for each in told_of]
    return changes


def _change(name: str, amendment: Amendment) -> Change:
    before, after = told(name, amendment.before.get(name)), told(name, amendment.after[name])
    return Change(name, str(NAMES.get(name, name)), before, after, word_differences(before, after))


def told(name: str, value: Any) -> str:
    """A plain value in the reader's language; empty for nothing."""
    if value is None or value in ("", []):
        return ""
    return _TOLD[name](value) if name in _TOLD else _plainly(value)


def _plainly(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_plainly(each) for each in value)
    if isinstance(value, dict):
        return " | ".join(text for each in value.values() if (text := _plainly(each)))
    return "" if value is None else str(value)


def _criteria(rows: list[dict[str, Any]]) -> str:
    return "\n".join(_criterion(row) for row in rows)


def _criterion(row: dict[str, Any]) -> str:
    name = " | ".join(text for text in (row.get("name_vi"), row.get("name_en")) if text)
    lines = [f"{name}: {percent(row['weight_bp'] / 100)}"]
    lines += [text for text in (row.get("description_vi"), row.get("description_en")) if text]
    lines += [f"{score}: {_plainly(texts)}" for score, texts in (row.get("anchors") or {}).items()]
    return "\n".join(lines)


def _prizes(rows: list[dict[str, Any]]) -> str:
    return "\n".join(_prize(row) for row in rows)


def _prize(row: dict[str, Any]) -> str:
    name = " | ".join(text for text in (row.get("name_vi"), row.get("name_en")) if text)
    field = f" ({word(FIELDS, row['field'])})" if row.get("field") else ""
    worth = [money(row.get("amount_vnd")), row.get("reward_vi") or "", row.get("reward_en") or ""]
    return f"{name}{field} × {row.get('quantity', 1)}: {'; '.join(text for text in worth if text)}"


def _measures(rows: list[dict[str, Any]]) -> str:
    return "\n".join(_measure(row) for row in rows)


def _measure(row: dict[str, Any]) -> str:
    names = [text for text in (row.get("name_vi"), row.get("name_en")) if text]
    units = [text for text in (row.get("unit_vi"), row.get("unit_en")) if text]
    unit = " | ".join(units)
    line = (
        f"{' | '.join(names)}: {word(DIRECTIONS, row.get('direction'))} {_figure(row['target_milli'])} {unit}".strip()
    )
    today = row.get("today_milli")
    return line if today is None else f"{line}; {_('today %(figure)s', figure=f'{_figure(today)} {unit}'.strip())}"


def _figure(thousandths: int) -> str:
    return number((Decimal(thousandths) / 1000).normalize())


def _periods(rows: list[dict[str, Any]]) -> str:
    return "\n".join(_period(row) for row in rows)


def _period(row: dict[str, Any]) -> str:
    names = [text for text in (row.get("name_vi"), row.get("name_en")) if text]
    days = [moment(datetime.fromisoformat(text)) for text in (row["starts_at"], row.get("ends_at")) if text]
    judged = [text for text in (row.get("judged_vi"), row.get("judged_en")) if text]
    return "\n".join([f"{' | '.join(names)}: {' – '.join(days)}", *judged])


def _eligibility(rows: list[dict[str, Any]]) -> str:
    return "\n".join(told_rule(row["kind"], row["values"], bool(row.get("binds_partners"))) for row in rows)


def _yes_or_no(value: bool) -> str:
    return word(YES_NO, "yes" if value else "no")


_TOLD: dict[str, Callable[[Any], str]] = {
    "opens_at": lambda value: moment(datetime.fromisoformat(value)),
    "closes_at": lambda value: moment(datetime.fromisoformat(value)),
    "questions_close_at": lambda value: moment(datetime.fromisoformat(value)),
    "decision_on": lambda value: day(date.fromisoformat(value)),
    "prize_amount": money,
    "pilot_budget_vnd": money,
    "field": lambda value: word(FIELDS, value),
    "contest_fields": lambda value: "\n".join(word(FIELDS, each) for each in value),
    "ip_terms": lambda value: word(IP_TERMS, value),
    "most_entries": str,
    "partners_confirm": _yes_or_no,
    "counts_complete_drafts": _yes_or_no,
    "criteria": _criteria,
    "prizes": _prizes,
    "measures": _measures,
    "periods": _periods,
    "eligibility": _eligibility,
}
