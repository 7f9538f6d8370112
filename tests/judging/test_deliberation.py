"""Scoring ends, and those who deliberate see the totals they may see."""

import pytest

from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.services import scoring
from tests.judging.judging_make import a_deliberating_round, a_round, a_scoring_round, declare
from tests.queries import count_queries
from tests.site import Site


def rows(site):
    """Place, entry, mean, spread and the totals of the judges."""
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in site.page.select("tbody tr")
    ]


@pytest.mark.feature("60", "70")
def test_when_every_sheet_is_final_the_secretary_ends_scoring_and_sees_the_matrix(app):
    made = a_scoring_round(2, judges=2)
    first, second = made.entries
    lan, minh = made.judges
    made.score(lan, first, 8, 8)
    made.score(minh, first, 5, 4)
    made.score(lan, second, 7, 7)
    made.score(minh, second, 7, 8)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("End scoring")

    site.press("End scoring")

    owner = {entry.id: entry.organisation.name_vi for entry in made.entries}
    assert rows(site) == [
        ["1", f"{second.title_vi} {owner[second.id]}", "73.00", "6.00", "70.00", "76.00"],
        ["2", f"{first.title_vi} {owner[first.id]}", "62.00", "36.00 Far apart", "80.00", "44.00"],
    ]
    db.session.refresh(made.challenge)
    assert made.challenge.stage == Stage.DELIBERATION


def test_totals_are_hidden_while_judges_score(app):
    made = a_scoring_round(1, judges=2)
    made.score(made.judges[0], made.entries[0], 8, 8)
    chair = made.judges[0]

    for person in (made.secretary, made.manager, chair):
        site = Site(app, person, language="en").open(f"{made.path}/deliberation")
        assert "Nobody sees totals before scoring is over." in site.main
        assert "80.00" not in site.text


def test_notes_are_read_by_those_who_deliberate_after_scoring(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    sheet = made.score(made.judges[0], made.entries[0], 6, 6)
    sheet.note = "Cần hỏi về quyền dữ liệu."
    path = f"{made.path}/deliberation"
    secretary = Site(app, made.secretary, language="en")
    assert "Cần hỏi" not in secretary.open(path).text

    made.deliberate()

    assert "1 note for the panel Giám khảo 1: Cần hỏi về quyền dữ liệu." in secretary.open(path).main


@pytest.mark.feature("74")
def test_ending_early_must_be_meant_and_leaves_entries_below_the_quorum_unranked(app):
    made = a_scoring_round(2, judges=3)
    first, second = made.entries
    for judge in made.judges[:2]:
        made.score(judge, first, 6, 6)
    made.score(made.judges[0], second, 9, 9)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")
    site.press("End scoring")
    assert (site.status, site.errors) == (
        422,
        ["Some sheets are unfinished. Say that you end scoring all the same, or wait."],
    )

    site.press("End scoring", despite_open="y")

    assert [row[0] for row in rows(site)] == ["1", "–"]
    assert "Too few final sheets to be ranked" in rows(site)[1][1]


@pytest.mark.feature("74")
def test_scoring_does_not_end_where_nothing_could_be_ranked(app):
    made = a_scoring_round(1, judges=3)
    made.score(made.judges[0], made.entries[0], 9, 9)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")

    site.press("End scoring", despite_open="y")

    assert (site.status, site.errors) == (422, ["No entry has 2 final sheets, so nothing could be ranked."])
    db.session.refresh(made.challenge)
    assert made.challenge.stage == Stage.JUDGING


def test_the_chair_may_end_scoring_other_judges_may_not(app):
    made = a_scoring_round(1, judges=2)
    made.score_everything(7, 7)
    chair, judge = made.judges

    with pytest.raises(Refused):
        scoring.begin_deliberation(made.panel, actor=judge)
    scoring.begin_deliberation(made.panel, actor=chair)

    with pytest.raises(WrongStage):
        scoring.begin_deliberation(made.panel, actor=chair)


def test_open_sheets_must_be_accepted_by_the_deed_too(app):
    made = a_scoring_round(1, judges=1, reviews=1)

    with pytest.raises(NotReady):
        scoring.begin_deliberation(made.panel, actor=made.secretary)


def test_the_matrix_exists_for_the_agency_and_the_chair_only(app):
    made = a_deliberating_round(2, judges=2)
    chair, judge = made.judges
    path = f"{made.path}/deliberation"

    statuses = [
        Site(app, person).open(path).status for person in (made.secretary, chair, judge, made.entries[0].author)
    ]

    assert statuses == [200, 200, 404, 404]
    assert Site(app).open(path).address == "/sign-in"


@pytest.mark.feature("58")
def test_a_conflicted_chair_sees_no_row_and_no_gap_of_that_entry(app):
    made = a_round(3, judges=3, reviews=2)
    chair = made.judges[0]
    declare(made, chair, made.entries[0])
    for judge in made.judges[1:]:
        declare(made, judge)
    Site(app, made.secretary, language="en").open(f"{made.path}/panel").press("Assign judges")
    made.score_everything(9, 9)
    made.deliberate()

    site = Site(app, chair, language="en").open(f"{made.path}/deliberation")

    assert [(row[0], row[1].split(" Công ty")[0]) for row in rows(site)] == [
        ("1", made.entries[1].title_vi),
        ("2", made.entries[2].title_vi),
    ]
    assert made.entries[0].title_vi not in site.text
    assert "1 entry is hidden from you because of a conflict of interest" in site.main


def test_the_matrix_asks_as_much_for_one_entry_as_for_three(app):
    counts = []
    for entries in (1, 3):
        made = a_deliberating_round(entries, judges=2)
        site = Site(app, made.secretary, language="en")
        with count_queries() as counted:
            site.open(f"{made.path}/deliberation")
        counts.append(len(counted))
        with count_queries() as counted:
            site.open(f"{made.path}/panel")
        counts.append(len(counted))

    assert counts[:2] == counts[2:]
