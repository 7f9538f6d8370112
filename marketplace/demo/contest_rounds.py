"""What happens in the demo's contest once judges have declared: assignment, two rounds of scores, deliberation."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.models import Panel, Sheet
from marketplace.judging.queries.sheets import sheets_of_panel
from marketplace.judging.services.assigning import assign_judges, fill_vacancies
from marketplace.judging.services.rounds import end_round
from marketplace.judging.services.scoring import Mark, begin_deliberation, finalise_sheet, save_scores
from marketplace.judging.stages import SheetStage

# half a point of ten either way between judges, one within a judge
_SEVERITY, _NOISE = 0.6, 1.0


def judge_contest(panel: Panel, *, secretary: Person, at: datetime) -> None:
    """Assign, score the first round, let the best go on, score the second round; the panel then deliberates."""
    with clock.at(at):
        assign_judges(panel, actor=secretary)
        db.session.commit()
    for day, _ in enumerate(panel.rules.rounds):
        if day:
            with clock.at(at + timedelta(days=4 * day)):
                end_round(panel, actor=secretary)
                fill_vacancies(panel, actor=secretary)
                db.session.commit()
        _score(
            [each for each in sheets_of_panel(panel) if each.stage != SheetStage.FINAL], at + timedelta(days=4 * day)
        )
    with clock.at(at + timedelta(days=9)):
        begin_deliberation(panel, actor=secretary)
    db.session.commit()
    assert panel.challenge.stage == Stage.DELIBERATION  # noqa: S101 - the demo tells when a deed stopped short


def _score(sheets: Sequence[Sheet], at: datetime) -> None:
    """Every sheet final; merit belongs to the entry, severity to the judge, the same every time."""
    for number, sheet in enumerate(sheets):
        merit = random.Random(sheet.solution.title_vi).gauss(6.5, 1.2)
        severity = random.Random(sheet.seat.person.email).gauss(0, _SEVERITY)
        dice = random.Random(f"{sheet.seat.person.email} {sheet.solution.title_vi} {sheet.round}")
        with clock.at(at + timedelta(minutes=number)):
            marks = {
                line.id: Mark(max(0, min(10, round(merit + severity + dice.gauss(0, _NOISE)))), "Đã đọc và đối chiếu.")
                for line in sheet.seat.panel.challenge.criteria
            }
            save_scores(sheet, actor=sheet.seat.person, edition=sheet.edition, marks=marks)
            finalise_sheet(sheet, actor=sheet.seat.person, edition=sheet.edition)
        if not number % 100:
            db.session.commit()
    db.session.commit()
