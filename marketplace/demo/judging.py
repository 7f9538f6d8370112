"""Panels, scores and results of the demo, by the deeds of secretaries, judges and managers."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge, Criterion
from marketplace.demo.challenges import settle_promise
from marketplace.demo.content import content
from marketplace.demo.solutions import Told, screen
from marketplace.judging.models import Decision, Panel, Seat, Sheet
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import standings
from marketplace.judging.services.assigning import assign_judges
from marketplace.judging.services.conflicts import declare_conflicts
from marketplace.judging.services.panels import accept_seat, invite_judge, make_panel
from marketplace.judging.services.results import Line, draft_results, publish_results
from marketplace.judging.services.scoring import Mark, begin_deliberation, finalise_sheet, save_scores
from marketplace.judging.stages import SeatRole
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution

SEATS_PER_PANEL = 7
Judged = list[tuple[Told, Solution]]


def make_judging(plan: Told, challenge: Challenge, *, solutions: Judged, people: dict[str, Person]) -> None:
    """Bring a closed challenge to judging or to its published results."""
    secretary, manager = _staff(challenge)
    closed = challenge.closes_at
    if closed is None:
        raise ValueError(challenge.slug)
    with clock.at(closed + timedelta(days=2)):
        screen(solutions, secretary=secretary)
        panel = make_panel(challenge, actor=secretary)
        seats = _seats(panel, people, secretary=secretary)
    with clock.at(closed + timedelta(days=4)):
        for told, seat in seats:
            accept_seat(seat, actor=seat.person, undertaking=True)
            _declare(told, seat, solutions)
        sheets = assign_judges(panel, actor=secretary)
    finished = plan["stage"] == "results_published"
    _score(sheets, solutions, share=1.0 if finished else 0.5, at=closed + timedelta(days=8))
    if finished:
        _decide(
            panel,
            solutions,
            at=clock.now() + timedelta(days=plan["schedule"]["results_days"]),
            staff=(secretary, manager),
        )


def _staff(challenge: Challenge) -> tuple[Person, Person]:
    manager = people_with_role(challenge.agency, Role.MANAGER)[0]
    return next(each for each in people_with_role(challenge.agency, Role.MEMBER) if each.id != manager.id), manager


def _seats(panel: Panel, people: dict[str, Person], *, secretary: Person) -> list[tuple[Told, Seat]]:
    judges = [told for told in content("people") if told["judge"]]
    judges.sort(key=lambda told: (not told["chair"], not told["featured"], told["key"]))
    return [
        (told, invite_judge(panel, people[told["key"]], role=_role(told), actor=secretary))
        for told in judges[:SEATS_PER_PANEL]
    ]


def _role(told: Told) -> SeatRole:
    return SeatRole.CHAIR if told["chair"] else SeatRole.JUDGE


def _declare(told: Told, seat: Seat, solutions: Judged) -> None:
    reasons = {each["organisation"]: each["reason_vi"] for each in told["conflicts"]}
    entries = entries_of(seat.panel.challenge)
    organisations = {solution.id: known["organisation"] for known, solution in solutions}
    known = standings([seat], entries)
    answers = {
        entry.solution.id: reasons.get(organisations[entry.solution.id])
        for entry in entries
        if known[seat.id, entry.solution.id].basis is None
    }
    declare_conflicts(seat, actor=seat.person, answers=answers)


def _score(sheets: Sequence[Sheet], solutions: Judged, *, share: float, at: datetime) -> None:
    """Most sheets finished, the rest begun or untouched; a judge's severity and taste differ, the same every time."""
    quality = {solution.id: told["quality"] for told, solution in solutions}
    ordered = sorted(sheets, key=lambda sheet: sheet.solution.slug if hasattr(sheet.solution, "slug") else sheet.id)
    for number, sheet in enumerate(ordered):
        dice = random.Random(f"{sheet.seat.person.email} {sheet.solution.title_vi} {sheet.solution.title_en}")
        if number >= share * len(ordered) + 2:
            continue
        with clock.at(at + timedelta(hours=number)):
            marks = {
                line.id: _mark(line, quality[sheet.solution_id], dice) for line in sheet.seat.panel.challenge.criteria
            }
            save_scores(sheet, actor=sheet.seat.person, edition=sheet.edition, marks=marks)
            if number < share * len(ordered):
                finalise_sheet(sheet, actor=sheet.seat.person, edition=sheet.edition)


def _mark(criterion: Criterion, quality: float, dice: random.Random) -> Mark:
    value = max(0, min(10, round(10 * quality + dice.gauss(0, 1.1))))
    level = "low" if value <= 4 else "mid" if value <= 7 else "high"
    keys = {_criterion_keys().get(criterion.name_vi or "", "general"), "general"}
    told = [line for line in content("comments") if line["level"] == level and line["language"] == "vi"]
    return Mark(value=value, comment=dice.choice([line["text"] for line in told if line["criterion"] in keys]))


@cache
def _criterion_keys() -> dict[str, str]:
    return {line["name_vi"]: line["key"] for plan in content("challenges") for line in plan["criteria"]}


def _decide(panel: Panel, solutions: Judged, *, at: datetime, staff: tuple[Person, Person]) -> Decision:
    secretary, manager = staff
    with clock.at(at - timedelta(days=3)):
        begin_deliberation(panel, actor=secretary)
        decision = draft_results(panel.challenge, actor=secretary, lines=_lines(solutions))
    with clock.at(at):
        publish_results(decision, actor=manager)
        settle_promise(panel.challenge, actor=manager)
    return decision


def _lines(solutions: Judged) -> list[Line]:
    judged = [(told, solution) for told, solution in solutions if told["stage"] in ("awarded", "not_selected")]
    judged.sort(key=lambda pair: -pair[0]["quality"])
    return [Line(solution.id, **_award(told)) for told, solution in judged]


def _award(told: Told) -> dict[str, Any]:
    if told["stage"] != "awarded":
        return {}
    words = {name: told[name] or "" for name in ("award_vi", "award_en", "citation_vi", "citation_en")}
    return {"awarded": True, **words}
