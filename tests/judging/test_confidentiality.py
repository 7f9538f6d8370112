"""Two worlds that differ only in scores look the same to whoever must not know them."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from marketplace.accounts.models import Person
from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.stages import SeatRole
from tests import make
from tests.judging.judging_make import Round, a_judge, a_scoring_round
from tests.site import Site
from tests.two_worlds import Look

_CHANGING = re.compile(r'name="csrf_token"[^>]*|data-question="[^"]*"|[0-9a-f]{12}')
LOW, HIGH = (3, 4), (9, 10)


def looked_at(app: Any, people: Sequence[Person | None], paths: list[str]) -> Look:
    """What each of them sees there."""
    sites = {
        f"{number} {each and each.full_name}": Site(app, each, language="en") for number, each in enumerate(people)
    }
    return Look(sites, paths, but=_CHANGING)


def paths_of(made: Round) -> list[str]:
    entry, sheet = made.entries[0], made.sheet(made.judges[0], made.entries[0])
    return [
        *("/", "/work", "/judging", "/results", "/challenges", "/account"),
        *(made.path, f"{made.path}/panel", f"{made.path}/deliberation", f"{made.path}/decision"),
        *(f"{made.path}/ranking", f"{made.path}/ranking?best=1"),
        f"/results/{made.challenge.slug}",
        *(f"{made.path}/{each}" for each in ("rules", "panel/conflicts", "paper")),
        f"{made.path}/deliberation/sheets/{sheet.reference}",
        f"/judging/sheets/{sheet.reference}/versions",
        f"/solutions/{entry.reference}",
        f"/solutions/{entry.reference}/feedback",
        f"/judging/sheets/{sheet.reference}",
        f"/judging/sheets/{sheet.reference}/check",
    ]


def rescore(made: Round, values: tuple[int, int], comment: str) -> None:
    """The same sheets with other points and comments: the other world."""
    for sheet in made.sheets():
        if sheet.seat.person_id == made.judges[0].id:
            for score, value in zip(sheet.scores, values, strict=True):
                score.value, score.comment = value, comment
            sheet.note = comment
            for version in sheet.versions:
                marks = version.marks.items()
                version.marks = {key: {**mark, "value": values[0], "comment": comment} for key, mark in marks}
    db.session.commit()


@pytest.fixture(params=["judging", "deliberation", "decided"])
def made(app, request: Any) -> Round:
    """A round whose first judge, the chair, has scored; the second judge has not looked yet, or all are final."""
    made = a_scoring_round(2, judges=2)
    if request.param == "judging":
        made.score(made.judges[0], made.entries[0], *LOW)
        made.score(made.judges[0], made.entries[1], *LOW, final=False)
        return made
    for entry in made.entries:
        made.score(made.judges[0], entry, *LOW)
        made.score(made.judges[1], entry, 6, 6)
    made.deliberate()
    if request.param == "decided":
        made.draft()
    return made


@pytest.mark.feature("58")
def test_scores_change_no_page_of_those_who_must_not_know_them(app, made):
    entrant = made.entries[0].author
    unassigned = (
        a_judge(made.panel, "Người Dự Khuyết", role=SeatRole.ALTERNATE, actor=made.secretary)
        if (made.challenge.stage == Stage.JUDGING)
        else make.an_auditor()
    )
    people = [None, entrant, made.entries[1].author, made.judges[1], make.an_operator(), make.a_person(), unassigned]
    paths = paths_of(made)
    one = looked_at(app, people, paths)

    rescore(made, HIGH, "Bí mật của thế giới kia.")

    assert one.changes() == []


def test_the_same_change_is_seen_by_the_judge_who_made_it(app, made):
    paths = paths_of(made)[-2:]
    one = looked_at(app, [made.judges[0]], paths)

    rescore(made, HIGH, "Bí mật của thế giới kia.")

    assert [path for _name, path in one.changes()] == paths


def test_the_agency_sees_no_scores_while_judges_score(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    made.score(made.judges[0], made.entries[0], *LOW)
    one = looked_at(app, [made.secretary, made.manager], paths_of(made))

    rescore(made, HIGH, "Bí mật của thế giới kia.")

    assert one.changes() == []


def test_the_journal_holds_no_points_comments_or_notes(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    made.score(made.judges[0], made.entries[0], *LOW, comment="Lời nhận xét kín.")

    lines = db.session.query(JournalEntry).filter(JournalEntry.object_type == "Sheet").order_by(JournalEntry.id).all()

    assert [line.event for line in lines] == ["ScoreSaved", "SheetFinalised"]
    assert "Lời nhận xét kín." not in str([(line.changes, line.facts) for line in lines])
    assert not {"value", "comment", "note", "scores"} & {name for line in lines for name in line.changes}
