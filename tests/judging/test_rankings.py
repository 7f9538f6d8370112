"""How sure the ranking is: what the chair and the secretary see beside the official places, and nobody else."""

import pytest

from marketplace.challenges.stages import Stage
from marketplace.db import db
from tests.judging.judging_make import Round, a_round, a_scoring_round, declare
from tests.queries import count_queries
from tests.remembered import remembered
from tests.site import Site

# what each judge, strict or not, gives to each entry
POINTS = ((9, 9), (8, 8), (7, 7), (5, 6), (4, 4), (3, 3))


@remembered
def a_judged_round(entries: int = 6, judges: int = 3) -> Round:
    """The first entry is best; the last judge gives two points less than the others to everybody."""
    made = a_scoring_round(entries, judges=judges)
    for judge in made.judges:
        for entry, points in zip(made.entries, POINTS, strict=False):
            lower = 2 * (judge is made.judges[-1])
            made.score(judge, entry, *(max(0, value - lower - (judge is made.judges[1])) for value in points))
    made.deliberate()
    return made


def table(site):
    rows = site.page.select("table.certainty tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in rows]


@pytest.mark.feature("69", "N17", "70")
def test_the_chair_sees_how_sure_each_place_is_beside_the_official_one(app):
    made = a_judged_round()
    site = Site(app, made.judges[0], language="en").open(f"{made.path}/deliberation")

    site.click("How sure the ranking is")

    rows = table(site)
    assert [(row[0], row[3]) for row in rows] == [(str(place), str(place)) for place in range(1, 7)]
    assert rows[0][1].startswith(made.entries[0].title_vi)
    assert rows[0][5].endswith("Surely among the best")
    assert rows[-1][5].endswith("Surely not among the best")
    assert "Both ways of counting name the same 3 best entries." in site.main
    assert "Krippendorff's alpha" in site.main


def test_a_bar_says_in_words_what_it_shows(app):
    made = a_judged_round()

    site = Site(app, made.judges[0], language="en").open(f"{made.path}/ranking")

    for bar in site.page.select("svg.interval"):
        named = {site.page.find(id=name).get_text() for name in bar["aria-labelledby"].split()}
        assert "" not in named
        assert not bar.find_all(style=True)
    first = site.page.select_one("table.certainty svg")
    assert first.title.get_text() == f"Place of “{made.entries[0].title_vi}”"


@pytest.mark.feature("69")
def test_only_the_chair_reads_how_strict_each_judge_is(app):
    made = a_judged_round()
    path = f"{made.path}/ranking"

    chair, secretary = (Site(app, who, language="en").open(path) for who in (made.judges[0], made.secretary))

    severity = chair.page.select_one("#severity").get_text(" ", strip=True)
    assert "Giám khảo 3" in severity
    assert "Stricter" in severity
    assert secretary.page.select_one("#severity") is None
    assert "Giám khảo 3" not in secretary.text
    assert len(table(secretary)) == 6


@pytest.mark.feature("70")
def test_an_entry_on_which_the_two_ways_differ_is_brought_to_the_table(app):
    made = a_round(6, judges=4, reviews=3)
    strict = made.judges[3]
    for judge, entry in zip(made.judges, made.entries[:3], strict=False):
        declare(made, judge, entry)
    declare(made, strict, *made.entries[3:])
    Site(app, made.secretary, language="en").open(f"{made.path}/panel").press("Assign judges")
    for sheet in made.sheets():
        place = [entry.id for entry in made.entries].index(sheet.solution_id)
        points = 10 - place - 4 * (sheet.seat.person_id == strict.id)
        made.score(sheet.seat.person, sheet.solution, points, max(0, points - sheet.seat_id % 2))
    made.deliberate()
    site = Site(app, made.judges[0], language="en")
    differing = []

    for best in range(1, 6):
        site.open(f"{made.path}/ranking?best={best}")
        official = {row[1].split(" Công ty")[0] for row in table(site) if int(row[0]) <= best}
        estimated = {row[1].split(" Công ty")[0] for row in table(site) if int(row[3]) <= best}
        flagged = [row for row in table(site) if "The two ways differ" in row[1]]
        assert len(flagged) == len(official ^ estimated)
        differing += flagged

    assert differing


@pytest.mark.feature("N17")
def test_where_one_more_reading_tells_most_is_named(app):
    made = a_judged_round()
    for sheet in made.sheets():
        if sheet.solution_id in {made.entries[2].id, made.entries[3].id}:
            for score in sheet.scores:
                score.value = 6
    db.session.commit()

    site = Site(app, made.judges[0], language="en").open(f"{made.path}/ranking?best=3")

    named = [each.get_text(strip=True) for each in site.page.select("ol li")]
    assert sorted(named[-2:]) == sorted([made.entries[2].title_vi, made.entries[3].title_vi])
    assert "cannot be told apart" in site.main


def test_the_estimate_is_for_those_who_deliberate_and_only_after_scoring(app):
    made = a_judged_round()
    path = f"{made.path}/ranking"

    people = (made.secretary, made.judges[0], made.judges[1], made.entries[0].author)

    assert [Site(app, person).open(path).status for person in people] == [200, 200, 404, 404]
    assert Site(app).open(path).address == "/sign-in"
    made.challenge.stage = Stage.JUDGING
    db.session.commit()
    assert [Site(app, person).open(path).status for person in people] == [404] * 4


@pytest.mark.feature("58")
def test_an_entry_hidden_from_the_chair_counts_in_no_figure(app):
    made = a_round(5, judges=4, reviews=3)
    chair = made.judges[0]
    declare(made, chair, made.entries[0])
    for judge in made.judges[1:]:
        declare(made, judge)
    Site(app, made.secretary, language="en").open(f"{made.path}/panel").press("Assign judges")
    made.score_everything(9, 9)
    made.deliberate()
    site = Site(app, chair, language="en").open(f"{made.path}/ranking")
    before = site.main

    for sheet in made.sheets():
        if sheet.solution_id == made.entries[0].id:
            for score in sheet.scores:
                score.value = 1
    db.session.commit()

    assert made.entries[0].title_vi not in before
    assert site.open(f"{made.path}/ranking").main == before


@pytest.mark.parametrize("best", ["0", "-3", "1000", "ba", ""])
def test_a_number_that_means_nothing_asks_for_the_usual_three(app, best):
    made = a_judged_round()

    site = Site(app, made.secretary, language="en").open(f"{made.path}/ranking?best={best}")

    assert (site.status, site.value("best")) == (200, "3")


def test_of_two_sheets_nothing_is_claimed(app):
    made = a_judged_round(2, judges=2)

    site = Site(app, made.judges[0], language="en").open(f"{made.path}/ranking")

    assert "There are too few score sheets to say how sure the places are." in site.main
    assert [row[0] for row in table(site)] == ["1", "2"]


def test_the_page_asks_as_much_for_three_entries_as_for_six(app):
    counts = []
    for entries in (3, 6):
        made = a_judged_round(entries)
        site = Site(app, made.judges[0], language="en")
        with count_queries() as counted:
            site.open(f"{made.path}/ranking")
        counts.append(len(counted))

    assert counts[0] == counts[1]
