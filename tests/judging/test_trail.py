"""What becomes of points: versions of a sheet, what does not apply, drafts kept by themselves, sheets returned."""

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.models import SheetVersion
from marketplace.judging.services import scoring
from marketplace.judging.services.scoring import Mark
from marketplace.judging.stages import SheetStage
from marketplace.notifications.models import Letter
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_scoring_round, rules_of
from tests.site import Site


@pytest.fixture
def made(app):
    return a_scoring_round(2, judges=1, reviews=1)


@pytest.fixture
def lan(made):
    return made.judges[0]


def sheet_page(app, made, judge, entry=0):
    sheet = made.sheet(judge, made.entries[entry])
    return sheet, Site(app, judge, language="en").open(f"/judging/sheets/{sheet.reference}")


def trail(site):
    rows = site.page.select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in rows]


@pytest.mark.feature("76")
def test_every_save_is_a_version_that_the_judge_can_read(app, made, lan):
    _, site = sheet_page(app, made, lan)
    site.press("Save draft", value_1="4")
    site.press("Save draft", value_1="6", value_2="7")

    site.click("All versions")

    assert [[row[0], *row[2:]] for row in trail(site)] == [["2", "6", "7"], ["1", "4", "–"]]


@pytest.mark.feature("76")
def test_those_who_deliberate_read_the_trail_once_scoring_is_over(app, made, lan):
    sheet = made.score(lan, made.entries[0], 4, 4, final=False)
    made.score(lan, made.entries[0], 9, 9)
    path = f"{made.path}/deliberation/sheets/{sheet.reference}"
    assert Site(app, made.secretary).open(path).status == 404
    made.deliberate()

    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation").click("90.00")

    assert [[row[0], *row[2:]] for row in trail(site)] == [["2", "9", "9"], ["1", "4", "4"]]
    others = (made.entries[0].author, make.an_operator(), make.a_person())
    assert {Site(app, person).open(path).status for person in others} == {404}


def test_a_trail_is_hidden_from_whoever_has_a_conflict(app, made, lan):
    made.score(lan, made.entries[0], 9, 9)
    made.deliberate()
    made.entries[0].author = made.secretary
    path = f"{made.path}/deliberation/sheets/{made.sheet(lan, made.entries[0]).reference}"

    assert Site(app, made.secretary).open(path).status == 404
    assert Site(app, made.manager).open(path).status == 200


@pytest.mark.feature("62")
def test_a_criterion_that_does_not_apply_gives_its_weight_to_the_others(app, made, lan):
    rules_of(made.challenge, not_applicable=True)
    sheet, site = sheet_page(app, made, lan)

    site.press("Check and finalise", value_1="na", value_2="7")

    # 60 % of 7/10, of 60 %
    assert "70.00 of 100" in site.main
    assert "Novelty 40% does not apply" in site.main
    site.press("Finalise")
    db.session.refresh(sheet)
    assert (sheet.stage, sheet.not_applicable) == (SheetStage.FINAL, {made.challenge.criteria[0].id})
    made.deliberate()
    assert "70.00" in Site(app, made.secretary, language="en").open(f"{made.path}/deliberation").main


def test_what_does_not_apply_is_told_to_the_entrant_without_a_mean(app):
    made = a_scoring_round(1, judges=1, reviews=1, rules={"not_applicable": True})
    lan = made.judges[0]
    _, site = sheet_page(app, made, lan)
    site.press("Check and finalise", value_1="na", value_2="9", comment_2="Chạy được ngay.").press("Finalise")
    made.deliberate()
    made.publish()

    read = Site(app, made.entries[0].author, language="en").open(f"/solutions/{made.entries[0].reference}/feedback")

    assert "Novelty The judges found that this criterion does not apply." in read.main
    assert "Mean 9.00 of 10" in read.main


def test_not_everything_may_not_apply_and_nothing_where_the_rules_say_so(app, made, lan):
    _, site = sheet_page(app, made, lan)
    assert "Does not apply" not in site.main
    site.press("Save draft", value_1="na")
    assert site.errors == ["Novelty: choose a whole number from 0 to 10."]
    sheet = made.sheet(lan, made.entries[0])
    with pytest.raises(NotReady):
        scoring.save_scores(
            sheet, actor=lan, edition=0, marks={made.challenge.criteria[0].id: Mark(not_applicable=True)}
        )
    rules_of(made.challenge, not_applicable=True)

    site.open(site.address.removeprefix("/en")).press("Check and finalise", value_1="na", value_2="na")

    assert site.errors == ["Novelty: points are missing", "Applicability: points are missing"]


@pytest.mark.feature("63")
@pytest.mark.parametrize(("rule", "missing"), [("always", 2), ("extremes", 1), ("never", 0)])
def test_the_rules_say_which_points_need_a_comment(app, made, lan, rule, missing):
    rules_of(made.challenge, comments=rule)
    _, site = sheet_page(app, made, lan)

    site.press("Check and finalise", value_1="6", value_2="10")

    assert len(site.errors) == missing
    assert ("Finalise" in site.buttons()) is (missing == 0)


@pytest.mark.feature("63", "76")
def test_a_draft_is_kept_while_it_is_written_and_says_when(app, made, lan):
    sheet, site = sheet_page(app, made, lan)
    path = f"/judging/sheets/{sheet.reference}"

    part = site.send(f"{path}/draft", edition="0", value_1="5", comment_1="Đang viết")

    assert (part.status, "version 1" in part.text, part.page.find(id="main")) == (200, True, None)
    assert part.page.find("input", attrs={"name": "edition"})["value"] == "1"
    wrong = site.send(f"{path}/draft", edition="1", value_1="11")
    assert (wrong.status, "Not kept: Novelty" in wrong.text) == (422, True)
    late = site.send(f"{path}/draft", edition="0", value_1="9")
    assert (late.status, "Not kept: this sheet was saved in another window" in late.text) == (422, True)
    again = site.open(path)
    assert (again.value("value_1"), again.value("comment_1")) == ("5", "Đang viết")


@pytest.mark.feature("76")
def test_the_chair_returns_a_sheet_with_a_reason_and_its_judge_changes_it(app):
    made = a_deliberating_round(1, judges=2)
    chair, minh = made.judges
    sheet = made.sheet(minh, made.entries[0])
    site = Site(app, chair, language="en").open(f"{made.path}/deliberation/sheets/{sheet.reference}")
    assert site.press("Return with this reason", reason="").errors == ["Say why."]

    site.press("Return with this reason", reason="Điểm và nhận xét không khớp.")

    assert "The sheet went back to its judge" in site.text
    assert db.session.scalars(select(Letter.kind)).all().count("sheet_returned") == 1
    judge = Site(app, minh, language="en").open(f"/judging/sheets/{sheet.reference}")
    assert "The chair asks you to look again: Điểm và nhận xét không khớp." in judge.main
    judge.press("Check and finalise", value_1="6", value_2="6").press("Finalise")
    db.session.expire_all()
    assert (sheet.stage, sorted(sheet.values.values()), len(sheet.versions)) == (SheetStage.FINAL, [6, 6], 2)
    assert made.challenge.stage == Stage.DELIBERATION


def test_only_the_chair_returns_never_their_own_and_only_in_deliberation(app):
    made = a_deliberating_round(1, judges=2)
    chair, minh = made.judges
    own, other = (made.sheet(judge, made.entries[0]) for judge in made.judges)
    own_page = Site(app, chair, language="en").open(f"{made.path}/deliberation/sheets/{own.reference}")
    assert "Return with this reason" not in own_page.buttons()

    for actor, sheet in ((chair, own), (made.secretary, other), (minh, other)):
        with pytest.raises(Refused):
            scoring.return_sheet(sheet, actor=actor, reason="x")
    made.challenge.stage = Stage.JUDGING
    with pytest.raises(WrongStage):
        scoring.return_sheet(other, actor=chair, reason="x")


def test_nothing_is_decided_while_a_returned_sheet_is_open(app):
    made = a_deliberating_round(1, judges=2)
    chair, minh = made.judges
    scoring.return_sheet(made.sheet(minh, made.entries[0]), actor=chair, reason="Xem lại.")
    db.session.commit()

    with pytest.raises(NotReady) as refused:
        made.draft()

    assert [gap.name for gap in refused.value.gaps] == ["returned"]
    db.session.rollback()


def test_the_journal_holds_no_version_of_points(app, made, lan):
    made.score(lan, made.entries[0], 9, 9, comment="Lời nhận xét kín.")

    assert db.session.scalars(select(SheetVersion)).one().marks
    assert "Lời nhận xét kín." not in str([(line.changes, line.facts) for line in db.session.query(JournalEntry)])
