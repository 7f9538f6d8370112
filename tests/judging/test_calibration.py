"""All judges score the same entries first, see how far apart they lay, and then score their own."""

import pytest

from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.services import assigning, calibration, conflicts, scoring
from tests import make
from tests.judging.judging_make import a_scoring_round
from tests.site import Site

ONE = {"anchor_count": 1}


@pytest.fixture
def made(app):
    """Two judges and two entries, one reader each; nothing chosen yet."""
    return a_scoring_round(2, judges=2, reviews=1, max_load=1, rules=ONE)


def choose(made, entry=0):
    sheets = calibration.choose_anchors(made.panel, [entries_of(made.challenge)[entry]], actor=made.secretary)
    db.session.commit()
    return {sheet.seat.person_id: sheet for sheet in sheets}


def finish(sheet, *values):
    criteria = sheet.seat.panel.challenge.criteria
    marks = {each.id: scoring.Mark(value, "Rõ ràng.") for each, value in zip(criteria, values, strict=True)}
    scoring.save_scores(sheet, actor=sheet.seat.person, edition=sheet.edition, marks=marks)
    scoring.finalise_sheet(sheet, actor=sheet.seat.person, edition=sheet.edition)
    db.session.commit()


@pytest.mark.feature("N18")
def test_the_secretary_chooses_entries_that_every_judge_scores_before_their_own(app, made):
    lan = made.judges[0]
    waiting = Site(app, lan, language="en").open("/judging")
    assert "The secretary chooses entries that all judges score first." in waiting.main
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Entries scored first by all")
    assert site.press("Let all judges score these first").errors == ["Choose as many entries as the rules say: 1."]

    site.press("Let all judges score these first", entries=made.entries[0].reference)

    assert "All judges score these entries first." in site.text
    queue = Site(app, lan, language="en").open("/judging")
    assert "1 of 2 left to finalise" in queue.main
    assert "Scored first by all judges; does not count" in queue.main
    queue.click("Score the next entry")
    assert queue.page.h1.get_text() == made.entries[0].title_vi


def test_nobody_scores_their_own_entries_before_those_that_all_score(app, made):
    lan = made.judges[0]
    own = next(sheet for sheet in made.sheets() if sheet.seat.person_id == lan.id)
    with pytest.raises(WrongStage):
        scoring.save_scores(own, actor=lan, edition=0, marks={})
    first = choose(made)[lan.id]
    with pytest.raises(WrongStage):
        scoring.save_scores(own, actor=lan, edition=0, marks={})

    finish(first, 7, 7)

    scoring.save_scores(own, actor=lan, edition=0, marks={})
    assert own.edition == 1


@pytest.mark.feature("N18")
def test_judges_who_are_done_see_all_points_without_names_and_nobody_sees_them_before(app, made):
    lan, minh = made.judges
    sheets = choose(made)
    finish(sheets[minh.id], 9, 4)
    path = f"/judging/{made.panel.reference}/calibration"
    before = Site(app, lan, language="en").open(path)
    assert "First finish the entries that all judges score." in before.main
    assert "9" not in before.page.find(id="main").get_text().replace(made.challenge.title_en, "")

    finish(sheets[lan.id], 6, 6)

    after = Site(app, lan, language="en").open("/judging").click("What points mean here")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in after.page.select("tbody tr")
    ]
    assert rows == [["Novelty", "6 · 9", "6", "3"], ["Applicability", "4 · 6", "6", "2"]]
    assert minh.full_name not in after.main
    outsiders = (made.secretary, made.entries[0].author, make.an_operator())
    assert {Site(app, person).open(path).status for person in outsiders} == {404}


@pytest.mark.feature("N18")
def test_what_was_scored_first_never_counts(app, made):
    for sheet in choose(made).values():
        finish(sheet, 10, 10)
    for sheet in made.sheets():
        made.score(sheet.seat.person, sheet.solution, 6, 6)
    made.deliberate()

    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")

    assert "60.00" in site.main
    assert "100.00" not in site.main


def test_a_judge_with_a_conflict_does_not_read_what_the_others_score_first(app):
    made = a_scoring_round(2, judges=2, reviews=1, max_load=1, rules=ONE)
    lan = made.judges[0]
    lans = next(sheet for sheet in made.sheets() if sheet.seat.person_id == lan.id)
    conflicts.recuse_judge(lans, actor=lan, reason="Đồng tác giả.")

    sheets = choose(made, entry=[entry.id for entry in made.entries].index(lans.solution_id))

    assert lan.id not in sheets
    assert not made.seat(lan).must_calibrate
    read = Site(app, lan, language="en").open(f"/judging/{made.panel.reference}/calibration").main
    assert "You have a conflict of interest with every entry that all score first." in read


def test_a_judge_who_comes_in_later_calibrates_too(app):
    made = a_scoring_round(1, judges=1, reviews=1, alternates=1, rules=ONE)
    choose(made)
    conflicts.recuse_judge(made.sheets()[0], actor=made.judges[0], reason="Đồng tác giả.")
    assigning.fill_vacancies(made.panel, actor=made.secretary)
    db.session.commit()

    queue = Site(app, made.alternates[0], language="en").open("/judging")

    assert "1 of 2 left to finalise" in queue.main
    assert made.seat(made.alternates[0]).must_calibrate


def test_only_the_secretary_chooses_once_as_many_as_the_rules_say(app, made):
    entries = entries_of(made.challenge)
    with pytest.raises(Refused):
        calibration.choose_anchors(made.panel, entries[:1], actor=made.judges[0])
    with pytest.raises(NotReady):
        calibration.choose_anchors(made.panel, entries, actor=made.secretary)
    choose(made)

    with pytest.raises(WrongStage):
        calibration.choose_anchors(made.panel, entries[:1], actor=made.secretary)
    assert Site(app, made.judges[0]).open(f"{made.path}/panel/anchors").status == 404
