"""What is published of the scores of a result: nameless, whole, and enough to recompute the ranking."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from marketplace.judging.bundles import FORMAT, Line, code_version, listing
from marketplace.judging.models import Decision, Panel, Sheet
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import final_sheets, rows_of, said_by_judge
from marketplace.judging.rules import content_of
from marketplace.judging.stages import Tiebreak


def bundle_of(decision: Decision) -> dict[str, Any] | None:
    """Rules, code version and every sheet that counted, with codes for names; None where nobody judged.

    The codes follow from the decision's reference and say nothing of the order in which anybody came.
    """
    panel = panel_of(decision.challenge)
    if panel is None:
        return None
    sheets = final_sheets(panel)
    entries, judges = _entry_codes(decision), _codes(decision, "G", [sheet.seat.reference for sheet in sheets])
    criteria = {criterion.id: f"C{criterion.position}" for criterion in decision.challenge.criteria}
    return {
        "format": FORMAT,
        "challenge": decision.challenge.reference,
        "decision": decision.reference,
        "round": panel.round,
        "code_version": code_version(),
        "rules": _rules(panel),
        "entries": _entries(decision, panel, codes=entries),
        **_comparisons(decision, panel, entries=entries),
        "sheets": sorted(
            (
                {
                    "entry": entries[sheet.solution_id],
                    "judge": judges[sheet.seat.reference],
                    "points": {code: sheet.values.get(key) for key, code in criteria.items()},
                }
                for sheet in sheets
                if sheet.solution_id in entries and _complete(sheet, criteria)
            ),
            key=lambda each: (each["entry"], each["judge"]),
        ),
    }


def _comparisons(decision: Decision, panel: Panel, *, entries: dict[int, str]) -> dict[str, Any]:
    """What judges said of pairs, where the last round compared; as codes, equals both ways."""
    if not panel.rules.kind(panel.round).compares:
        return {}
    said = said_by_judge(panel, entries)
    seats = {seat.id: seat.reference for seat in panel.seats}
    judges = _codes(decision, "G", [seats[key] for key in said])
    lines = [
        {"judge": judges[seats[key]], "better": entries[better], "worse": entries[worse]}
        for key, pairs in said.items()
        for better, worse in pairs
    ]
    return {"comparisons": sorted(lines, key=lambda each: (each["judge"], each["better"], each["worse"]))}


def listing_of(decision: Decision) -> str:
    """The official ranking with codes for names, as it was counted when the results were drafted."""
    panel = panel_of(decision.challenge)
    codes = _entry_codes(decision)
    rows = rows_of(panel, entries_of(decision.challenge)) if panel is not None else []
    lines: list[Line] = [
        (row.entry.field or "", codes[row.entry.solution.id], row.ranked.place, row.ranked.mean, row.ranked.readings)
        for row in rows
    ]
    return listing(lines)


def _rules(panel: Panel) -> dict[str, Any]:
    criteria = [
        {
            "code": f"C{criterion.position}",
            "name": criterion.name_vi or criterion.name_en,
            "position": criterion.position,
            "weight_bp": criterion.weight_bp,
            "maximum": criterion.maximum,
        }
        for criterion in panel.challenge.criteria
    ]
    return {**content_of(panel.rules), "fingerprint": panel.rules.fingerprint, "criteria": criteria}


def _entries(decision: Decision, panel: Panel, *, codes: dict[int, str]) -> list[dict[str, Any]]:
    """Each entry's code; when it came and what draws its lot only where the ladder asks."""
    ladder = panel.rules.tiebreaks
    found = []
    for entry in entries_of(decision.challenge):
        received = entry.version.received_at.isoformat() if Tiebreak.EARLIER in ladder else None
        lot = f"{panel.rules.fingerprint} {entry.solution.reference}" if Tiebreak.LOT in ladder else None
        line = {"code": codes[entry.solution.id], "received_at": received, "lot": lot}
        found.append(line | ({"field": entry.field.value} if entry.field else {}))
    return sorted(found, key=lambda each: each["code"])


def _entry_codes(decision: Decision) -> dict[int, str]:
    entries = entries_of(decision.challenge)
    codes = _codes(decision, "E", [entry.solution.reference for entry in entries])
    return {entry.solution.id: codes[entry.solution.reference] for entry in entries}


def _codes(decision: Decision, letter: str, references: Sequence[str]) -> dict[str, str]:
    mixed = sorted(set(references), key=lambda each: sha256(f"{decision.reference} {each}".encode()).digest())
    return {reference: f"{letter}{number:02}" for number, reference in enumerate(mixed, 1)}


def _complete(sheet: Sheet, criteria: dict[int, str]) -> bool:
    """Whether the sheet counts: points or "does not apply" for every criterion, and some points."""
    return bool(sheet.values) and sheet.values.keys() | sheet.not_applicable == criteria.keys()
