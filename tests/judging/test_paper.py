"""Sheets on paper: printed with a code, typed in by one person, confirmed by another."""

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.errors import Refused, WrongStage
from marketplace.judging.services import paper
from marketplace.judging.services.scoring import Mark
from marketplace.judging.stages import SheetStage
from marketplace.notifications.models import Letter
from marketplace.organisations.services import start_membership
from marketplace.organisations.stages import Role
from tests import make
from tests.judging.judging_make import a_scoring_round
from tests.site import Site


@pytest.fixture
def made(app):
    return a_scoring_round(1, judges=1, reviews=1)


def marks(made, value=6, comment=""):
    return {criterion.id: Mark(value, comment) for criterion in made.challenge.criteria}


@pytest.mark.feature("79")
def test_a_judge_prints_the_sheet_with_a_code_that_leads_to_where_it_is_typed_in(app, made):
    sheet = made.sheets()[0]
    site = Site(app, made.judges[0], language="en").open(f"/judging/sheets/{sheet.reference}")

    site.click("Score on paper instead")

    assert sheet.reference in site.main
    assert "Novelty weight 40% …… / 10" in site.main
    assert site.page.find("img", src=lambda value: value and value.startswith("data:image/svg+xml"))


@pytest.mark.feature("79")
def test_one_person_types_and_another_confirms_and_the_judge_is_told(app, made):
    sheet = made.sheets()[0]
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Score sheets on paper")
    site.click(sheet.reference).press("Keep what is typed", value_1="7", value_2="10", comment_2="Chạy được ngay.")
    assert "Waits for a second person" in site.main
    assert "It equals the paper" not in site.click(sheet.reference).buttons()
    db.session.refresh(sheet)
    assert sheet.stage == SheetStage.ASSIGNED

    other = Site(app, made.manager, language="en").open(f"{made.path}/paper/{sheet.reference}")
    assert (other.value("value_1"), other.value("comment_2")) == ("7", "Chạy được ngay.")
    other.press("It equals the paper")

    assert "The paper is confirmed" in other.text
    db.session.expire_all()
    assert (sheet.stage, sorted(sheet.values.values())) == (SheetStage.FINAL, [7, 10])
    assert sheet.versions[0].saved_by_id == made.secretary.id
    (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "paper_confirmed"))
    assert (letter.to_person_id, sheet.reference in letter.body) == (made.judges[0].id, True)


def test_an_incomplete_paper_is_not_confirmed_and_nothing_changes(app, made):
    sheet = made.sheets()[0]
    paper.type_paper(sheet, actor=made.secretary, marks=marks(made, value=10))
    site = Site(app, made.manager, language="en").open(f"{made.path}/paper/{sheet.reference}")

    site.press("It equals the paper")

    assert (site.status, site.errors) == (
        422,
        ["Novelty: explain the points with a comment", "Applicability: explain the points with a comment"],
    )
    db.session.expire_all()
    assert (sheet.stage, sheet.values) == (SheetStage.ASSIGNED, {})


def test_nobody_types_for_a_judge_who_scores_here_and_nobody_confirms_their_own_typing(app, made):
    sheet, lan = made.sheets()[0], made.judges[0]
    paper.type_paper(sheet, actor=made.secretary, marks=marks(made))
    for actor in (made.secretary, lan, make.an_operator()):
        with pytest.raises(Refused):
            paper.confirm_paper(sheet, actor=actor)
    made.score(lan, made.entries[0], 6, 6, final=False)

    with pytest.raises(WrongStage):
        paper.confirm_paper(sheet, actor=made.manager)
    with pytest.raises(WrongStage):
        paper.type_paper(sheet, actor=made.secretary, marks=marks(made))


def test_whoever_belongs_to_the_entrant_types_and_reads_nothing(app, made):
    sheet = made.sheets()[0]
    start_membership(made.entries[0].organisation, made.secretary, role=Role.VIEWER, giver=None)

    assert Site(app, made.secretary).open(f"{made.path}/paper/{sheet.reference}").status == 404
    with pytest.raises(Refused):
        paper.type_paper(sheet, actor=made.secretary, marks=marks(made))
    for person in (made.judges[0], make.an_operator()):
        assert Site(app, person).open(f"{made.path}/paper/{sheet.reference}").status == 404


def test_the_journal_holds_no_points_from_paper(app, made):
    sheet = made.sheets()[0]
    paper.type_paper(sheet, actor=made.secretary, marks=marks(made, comment="Lời nhận xét kín."))
    paper.confirm_paper(sheet, actor=made.manager)

    lines = db.session.query(JournalEntry).filter(JournalEntry.event.in_(["PaperTyped", "PaperConfirmed"])).all()
    assert len(lines) == 2
    assert "Lời nhận xét kín." not in str([(line.changes, line.facts) for line in lines])
