"""Entries are given to judges: who, why, and why not."""

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.affinity import FAR, Closeness
from marketplace.judging.models import Sheet
from marketplace.judging.services import assigning
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Helix, Role
from marketplace.relevance.answers import Query
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.judging.judging_make import a_round, a_scoring_round, an_entry, declare
from tests.site import Site


@pytest.mark.feature("53", "54")
def test_each_entry_gets_the_judges_who_know_its_subject(app):
    made = a_round(2, judges=2, reviews=1, max_load=1)
    hydrologist, planner = made.judges
    hydrologist.expertise = "cảm biến mực nước, sông"
    planner.expertise = "bản đồ ngập"
    for judge in made.judges:
        declare(made, judge)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Assign judges")

    assert "2 score sheets were handed out." in site.text
    pairs = {(sheet.seat.person_id, sheet.solution_id) for sheet in made.sheets()}
    assert pairs == {(hydrologist.id, made.entries[0].id), (planner.id, made.entries[1].id)}
    assert "Closeness 100%: bản đồ ngập" in site.main
    db.session.refresh(made.challenge)
    assert made.challenge.stage == Stage.JUDGING


@pytest.mark.feature("54")
def test_too_little_time_of_judges_is_said_in_words(app):
    made = a_round(3, judges=2, reviews=2, max_load=2)
    for judge in made.judges:
        declare(made, judge)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Assign judges")

    assert site.status == 422
    assert site.errors == [
        "2 seats stay empty in the best assignment there is.",
        "All judges together can take 2 entries too few. Invite more judges, or raise the most entries for one judge.",
    ]
    assert made.sheets() == []
    db.session.refresh(made.challenge)
    assert made.challenge.stage == Stage.SCREENING


@pytest.mark.feature("53")
def test_an_entry_with_too_few_judges_free_of_conflict_is_named(app):
    made = a_round(2, judges=2, reviews=2)
    declare(made, made.judges[0], made.entries[0])
    declare(made, made.judges[1])
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Assign judges")

    assert site.status == 422
    assert site.errors[1] == (
        f"“{made.entries[0].title_vi}” has 1 judge who declared and is free of conflict; it needs 2."
    )


def test_a_conflicted_pair_is_never_assigned(app):
    made = a_round(3, judges=3, reviews=2)
    for judge, entry in zip(made.judges, made.entries, strict=True):
        declare(made, judge, entry)

    assigning.assign_judges(made.panel, actor=made.secretary)

    given = {(sheet.seat.person_id, sheet.solution_id) for sheet in made.sheets()}
    assert len(given) == 6
    assert given.isdisjoint({(judge.id, entry.id) for judge, entry in zip(made.judges, made.entries, strict=True)})


def test_nothing_is_assigned_while_entries_wait_for_screening_or_nobody_judges(app):
    made = a_round(1, judges=0, reviews=1)
    an_entry(made.challenge, title="Chưa xem", stage=SolutionStage.SUBMITTED)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Assign judges")

    assert site.errors == ["Some entries have not been checked for eligibility.", "No judge has accepted a seat."]
    with pytest.raises(NotReady):
        assigning.assign_judges(made.panel, actor=made.secretary)


def test_only_the_agency_assigns_and_only_once(app):
    made = a_round(1, judges=1, reviews=1)
    declare(made, made.judges[0])

    with pytest.raises(Refused):
        assigning.assign_judges(made.panel, actor=made.judges[0])
    assigning.assign_judges(made.panel, actor=made.secretary)
    with pytest.raises(WrongStage):
        assigning.assign_judges(made.panel, actor=made.secretary)

    assert db.session.scalar(select(func.count()).select_from(Sheet)) == 1


def test_alternates_get_nothing_at_first(app):
    made = a_scoring_round(2, judges=1, reviews=1, alternates=1)

    assert {sheet.seat.person_id for sheet in made.sheets()} == {made.judges[0].id}


def test_vacancies_are_filled_only_while_judges_score(app):
    made = a_round(1, judges=1, reviews=1)

    with pytest.raises(WrongStage):
        assigning.fill_vacancies(made.panel, actor=made.secretary)
    with pytest.raises(Refused):
        assigning.fill_vacancies(made.panel, actor=make.a_person())


@pytest.mark.feature("29")
def test_a_sheet_keeps_the_version_that_was_assigned(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    entry = made.entries[0]
    entry.summary = "Bản nháp viết lại sau khi nộp."
    db.session.commit()

    site = Site(app, made.judges[0], language="en").open(f"/judging/sheets/{made.sheets()[0].reference}")

    assert f"Tóm tắt của {entry.title_vi}." in site.main
    assert "Bản nháp viết lại" not in site.main
    assert made.sheets()[0].version_id == entry.last_version.id


def test_nearness_is_by_entry_and_says_why():
    entries = {1: Query("Cảm biến mực nước sông"), 2: Query("Vườn rau đô thị")}

    found = Closeness({7: "cảm biến mực nước\nbơm", 8: "giao thông", 9: ""}, entries)

    assert found[1, 7].affinity_bp == 10_000
    assert found[1, 7].why[0] == "cảm biến mực nước"
    assert [found[1, 8], found[1, 9], found[2, 7], found[2, 9]] == [FAR] * 4


def seat_from(made, judge, helix, organisation=None):
    """The judge belongs to an organisation of this house."""
    organisation = organisation or make.an_organisation()
    organisation.helix = helix
    db.session.add(Membership(organisation=organisation, person=judge, role=Role.MEMBER, given_at=clock.now()))
    db.session.commit()
    return organisation


@pytest.mark.feature("68", "N16")
def test_where_the_rules_ask_for_it_every_house_reads_every_entry(app):
    made = a_round(2, judges=5, reviews=3)
    made.panel.rules.mix_required = True
    sides = (Helix.ACADEMIA, Helix.ACADEMIA, Helix.ACADEMIA, Helix.STATE, Helix.BUSINESS)
    for judge, side in zip(made.judges, sides, strict=True):
        judge.expertise = "cảm biến mực nước, bản đồ ngập" if side == Helix.ACADEMIA else ""
        seat_from(made, judge, side)
        declare(made, judge)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Assign judges")

    assert "6 score sheets were handed out." in site.text
    assert "Judges from the State, academia and business read every entry." in site.main
    for entry in made.entries:
        readers = {sheet.seat.person_id for sheet in made.sheets() if sheet.solution_id == entry.id}
        assert {made.judges[3].id, made.judges[4].id} < readers


@pytest.mark.feature("68")
def test_a_house_that_nobody_speaks_for_is_named(app):
    made = a_round(1, judges=3, reviews=3)
    made.panel.rules.mix_required = True
    for judge, side in zip(made.judges, (Helix.ACADEMIA, Helix.STATE, Helix.STATE), strict=True):
        seat_from(made, judge, side)
        declare(made, judge)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Assign judges")

    assert site.status == 422
    assert site.errors == [
        f"No judge from this house can read “{made.entries[0].title_vi}” as the rules ask: Business."
    ]
    assert made.sheets() == []


@pytest.mark.feature("53")
def test_colleagues_read_different_entries_where_that_is_possible(app):
    made = a_round(2, judges=3, reviews=1, max_load=2)
    house = seat_from(made, made.judges[0], Helix.ACADEMIA)
    seat_from(made, made.judges[1], Helix.ACADEMIA, house)
    made.panel.rules.reviews_per_entry = 2
    for judge in made.judges:
        declare(made, judge)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").press("Assign judges")

    for entry in made.entries:
        readers = {sheet.seat.person_id for sheet in made.sheets() if sheet.solution_id == entry.id}
        assert made.judges[2].id in readers
    assert "two judges of one organisation" not in site.main


def test_colleagues_read_together_rather_than_leave_an_entry_unread(app):
    made = a_round(1, judges=2, reviews=2)
    house = seat_from(made, made.judges[0], Helix.ACADEMIA)
    seat_from(made, made.judges[1], Helix.ACADEMIA, house)
    for judge in made.judges:
        declare(made, judge)

    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").press("Assign judges")

    assert "1 entry is read by two judges of one organisation, since no other way fills every place." in site.main


@pytest.mark.feature("53", "N16")
def test_the_weakest_pair_is_named_and_no_reason_is_a_lone_syllable(app):
    made = a_round(2, judges=2, reviews=1, max_load=1)
    hydrologist, planner = made.judges
    hydrologist.expertise = "đo mực nước và cảm biến trên sông"
    planner.expertise = "bản đồ ngập"
    for judge in made.judges:
        declare(made, judge)

    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").press("Assign judges")

    assert "Least close pair:" in site.main
    assert all(" " in reason for sheet in made.sheets() for reason in sheet.why)
