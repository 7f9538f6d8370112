"""What the documents say, as data: names in both languages, numbers as people read them."""

from typing import Any

from marketplace.judging.committee.models import Motion
from marketplace.judging.committee.policy import is_voting
from marketplace.judging.defence.queries import questions_of
from marketplace.judging.documents.stages import DocumentKind
from marketplace.judging.models import Decision, Panel, Sheet
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.results import Row, final_sheets, rows_of, standing_decision
from marketplace.judging.queries.sheets import total_of
from marketplace.judging.ranking.official import shown

Content = dict[str, Any]


def content_of_document(panel: Panel, kind: DocumentKind, motions: list[Motion]) -> Content:
    """Everything that the document says today."""
    challenge, rows = panel.challenge, rows_of(panel, entries_of(panel.challenge))
    about = {
        "challenge": {"reference": challenge.reference, **_both(challenge, "title")},
        "agency": _both(challenge.agency, "name"),
        "rules": panel.rules.fingerprint,
        "round": panel.round,
        "members": [
            {"name": seat.person.full_name, "role": seat.role.value} for seat in panel.seats if is_voting(seat)
        ],
    }
    if kind == DocumentKind.SHEETS:
        return about | {"sheets": [_sheet(sheet) for sheet in final_sheets(panel)]}
    told = about | {"ranking": [_line(row) for row in rows], **_proposal(standing_decision(challenge))}
    if kind == DocumentKind.MINUTES:
        told |= {"motions": [_motion(motion) for motion in motions if motion.closed_at], "asked": _asked(panel)}
    return told


def _both(thing: Any, name: str) -> dict[str, str | None]:
    return {language: getattr(thing, f"{name}_{language}") for language in ("vi", "en")}


def _line(row: Row) -> Content:
    return {
        "place": row.ranked.place,
        "entry": {"reference": row.entry.solution.reference, **_both(row.entry, "title")},
        "entrant": _both(row.entry.solution.organisation, "name"),
        "mean": str(shown(row.ranked.mean)) if row.ranked.mean is not None else None,
        "readings": row.ranked.readings,
    }


def _proposal(decision: Decision | None) -> Content:
    if decision is None:
        return {}
    winners = [
        {
            "award": _both(result, "award"),
            "entry": {"reference": result.solution.reference, **_both(result.entry, "title")},
            "entrant": _both(result.solution.organisation, "name"),
            "citation": _both(result, "citation"),
        }
        for result in decision.winners
    ]
    drafted = {"name": decision.drafted_by.full_name, "reference": decision.reference}
    return {"winners": winners, "reasons": _both(decision, "reasons"), "drafted": drafted}


def _motion(motion: Motion) -> Content:
    return {"number": motion.number, "text": motion.text, **motion.counts, "carried": motion.is_carried}


def _asked(panel: Panel) -> list[Content]:
    return [
        {
            "entry": _both(each.hearing.solution, "title"),
            "question": each.question,
            "answer": each.answer,
        }
        for each in questions_of(panel)
    ]


def _sheet(sheet: Sheet) -> Content:
    criteria = sheet.seat.panel.challenge.criteria
    scores, total = {score.criterion_id: score for score in sheet.scores}, total_of(sheet, criteria)
    return {
        "judge": sheet.seat.person.full_name,
        "entry": {"reference": sheet.solution.reference, **_both(sheet.entry, "title")},
        "total": str(shown(total)) if total is not None else None,
        "lines": [
            {
                "criterion": _both(criterion, "name"),
                "weight_bp": criterion.weight_bp,
                "maximum": criterion.maximum,
                "points": scores[criterion.id].value if criterion.id in scores else None,
                "comment": scores[criterion.id].comment if criterion.id in scores else None,
            }
            for criterion in criteria
        ],
    }
