"""Tiers of prizes by fields: the panel tries where to draw its lines, keeps them, and the draft begins with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.db import db
from marketplace.judging.models import Declaration
from marketplace.judging.queries.results import standing_decision
from marketplace.judging.stages import Basis
from marketplace.judging.tiers.grid import Candidate, Tier, grid_of, shared_out
from marketplace.judging.tiers.models import PrizePlan
from tests.judging.judging_make import a_contest, a_deliberating_round, a_scoring_round, rules_of
from tests.site import Site

MEDICINE = "Medicine and pharmacy"
PRIZES = (
    {"name_vi": "Giải Nhất", "name_en": "First prize", "quantity": 2, "amount_vnd": 40_000_000},
    {"name_vi": "Giải Nhì", "name_en": "Second prize", "quantity": 1, "amount_vnd": 20_000_000},
)


def table(site):
    """Of each row of the grid what stands in its cells: numbers typed, then the totals."""
    rows = site.page.select("table.grid tbody tr")
    return [[box["value"] for box in row.select("input")] for row in rows]


@pytest.mark.feature("80", "N20")
def test_the_panel_tries_lines_keeps_them_and_the_draft_begins_with_the_winners(app):
    made = a_contest(scored=True, prizes=PRIZES)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/committee").click("Prizes by tier and field")
    assert "A suggestion" in site.main
    assert table(site) == [["1", "1"], ["1", "0"]]
    assert "Line of First prize: 1 entry above" in site.main

    site.press("− One less: Second prize in Information technology, electronics, telecommunications")
    assert (table(site), "1 not awarded" in site.main) == ([["1", "0"], ["1", "0"]], True)
    site.press(f"+ One more: Second prize in {MEDICINE}").press(MEDICINE)
    assert table(site) == [["1", "0"], ["1", "1"]]
    assert "A trial: these lines are not kept." in site.main
    assert db.session.query(PrizePlan).all() == []
    site.press("Keep these lines").click("Draft results")

    assert [site.value(f"prize_{entry.reference}") for entry in made.entries] == ["1", "", "1", "2"]
    words = {f"citation_vi_{entry.reference}": "Chạy được ngay." for entry in made.entries}
    site.press("Send to publish", **words)
    won = [(each.solution_id, each.award_vi, each.prize.position) for each in standing_decision(made.challenge).winners]
    entries = [entry.id for entry in made.entries]
    assert won == [(entries[0], "Giải Nhất", 1), (entries[2], "Giải Nhất", 1), (entries[3], "Giải Nhì", 2)]


@pytest.mark.feature("80", "N20")
def test_ties_caps_the_least_total_and_whom_the_panel_passes_over_are_shown(app):
    made = a_contest(scored=True, prizes=PRIZES)
    for sheet in made.sheets():
        for score in sheet.scores:
            score.value = 8 if sheet.solution_id in {made.entries[0].id, made.entries[1].id} else 5
    db.session.commit()
    rules_of(made.challenge, minimum_total=60)
    site = Site(app, made.judges[0], language="en").open(f"{made.path}/tiers?n-1-ict=1&n-1-medicine=1")

    assert "tied with 1 below the line" in site.main
    assert "1 without an entry" in site.main
    site.open(f"{made.path}/tiers?n-1-ict=3&n-2-ict=0")
    assert "1 too many" in site.main
    site.press("Keep these lines")
    assert (site.status, site.errors) == (422, ["First prize: the rules allow 2, not 3."])
    assert db.session.query(PrizePlan).all() == []
    site.open(f"{made.path}/tiers?n-1-ict=1&passed={made.entries[0].reference}").press("Keep these lines")
    plan = db.session.query(PrizePlan).one()
    assert (plan.counts["1-ict"], plan.passed_over) == (1, [made.entries[0].reference])
    proposed = Site(app, made.secretary, language="en").open(f"{made.path}/decision")
    assert [proposed.value(f"prize_{entry.reference}") for entry in made.entries[:2]] == ["", "1"]


@pytest.mark.feature("58", "73", "80")
def test_a_field_with_an_entry_that_a_conflict_hides_is_drawn_by_others(app):
    made = a_contest(scored=True, prizes=PRIZES)
    secretary = Site(app, made.secretary, language="en").open(f"{made.path}/tiers").press("Keep these lines")
    hidden = made.entries[2]
    db.session.query(Declaration).filter_by(seat_id=made.seat(made.judges[0]).id, solution_id=hidden.id).update(
        {"basis": Basis.DECLARED, "reason": "Cùng đề tài."}
    )
    db.session.commit()

    chair = Site(app, made.judges[0], language="en").open(f"{made.path}/tiers?n-1-ict=0&n-2-ict=1")

    assert "so others draw its lines" in chair.main
    assert [entry.title_vi in chair.main for entry in made.entries] == [True, True, False, False]
    chair.press("Keep these lines")
    plan = db.session.query(PrizePlan).one()
    assert {cell: count for cell, count in plan.counts.items() if count} == {"2-ict": 1, "1-medicine": 1}
    assert f"by {made.judges[0].full_name}" in secretary.open(f"{made.path}/tiers").main


def test_only_the_chair_and_the_secretary_keep_lines_and_only_while_the_panel_deliberates(app):
    made = a_deliberating_round(2, judges=2)
    path = f"/challenges/{made.challenge.slug}/tiers"

    judge = Site(app, made.judges[1], language="en").open(path)
    assert "This challenge has no tiers of prizes" in judge.main
    assert judge.send(path, **{"n-1-": "1"}).status == 403
    assert [Site(app, who).open(path).status for who in (made.entries[0].author, made.manager)] == [404, 200]
    made.draft()
    assert Site(app, made.secretary).open(path).send(path).status == 409
    scoring = a_scoring_round(2)
    assert Site(app, scoring.secretary).open(f"/challenges/{scoring.challenge.slug}/tiers").status == 404


def test_more_winners_than_prizes_or_a_prize_of_another_field_are_refused(app):
    prizes = [*PRIZES, {"name_vi": "Giải Y tế", "quantity": 1, "amount_vnd": 1, "field": "medicine"}]
    made = a_contest(scored=True, prizes=prizes)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/decision")
    sent = {f"awarded_{entry.reference}": "y" for entry in made.entries}
    sent |= {f"prize_{entry.reference}": "1" for entry in made.entries}
    sent |= {f"citation_vi_{entry.reference}": "Tốt." for entry in made.entries}

    site.press("Send to publish", **sent)

    assert site.errors == [f"“{entry.title_vi}” gets a prize of which there are no more." for entry in made.entries[2:]]
    site.press("Send to publish", **{**sent, f"prize_{made.entries[0].reference}": "3"})
    assert (site.status, "Not a valid choice" in site.text) == (422, True)


numbers = st.integers(0, 6)
tiers = st.lists(st.tuples(numbers, st.sampled_from([None, "a", "b"])), min_size=1, max_size=4).map(
    lambda given: [Tier(number, quantity, field) for number, (quantity, field) in enumerate(given, 1)]
)
places = st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=8)


def _candidates(found, first):
    ordered = sorted(found, key=lambda place: (place is None, place or 0))
    return [Candidate(first + number, place) for number, place in enumerate(ordered)]


@given(tiers, places, places)
def test_what_is_shared_out_breaks_no_rule_and_nobody_stands_twice(tiers, some, others):
    fields = {"a": _candidates(some, 0), "b": _candidates(others, 100)}

    grid = grid_of(tiers, fields, shared_out(tiers, fields))

    assert grid.excess == ()
    assert all(given.short == 0 for given in grid.cells.values())
    standing = [each.key for given in grid.cells.values() for each in given.entries]
    assert sorted(standing) == sorted(grid.awards)
    assert all(each.place is not None for given in grid.cells.values() for each in given.entries)
    for tier in tiers:
        able = [name for name in fields if tier.field in (None, name)]
        full = all(len([e for e in fields[name] if e.place is not None]) == grid.in_field(name) for name in able)
        assert grid.left(tier) == 0 or full or not tier.quantity


@given(places, numbers, numbers)
def test_a_better_place_never_gets_a_lesser_prize(found, first, second):
    tiers = [Tier(1, 9), Tier(2, 9)]

    awards = grid_of(tiers, {"": _candidates(found, 0)}, {(1, ""): first, (2, ""): second}).awards

    listed = [awards.get(key, 3) for key in range(sum(place is not None for place in found))]
    assert listed == sorted(listed)
