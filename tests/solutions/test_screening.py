"""The secretary's check of eligibility after closing."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.errors import Refused, WrongStage
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from tests import make
from tests.queries import count_queries
from tests.site import Site
from tests.solutions.entries import a_received_solution, a_solution


@pytest.fixture
def closed(app):
    challenge = make.a_closed_challenge()
    return challenge, a_received_solution(challenge), make.a_member(challenge.agency)


def test_the_list_names_number_organisation_title_and_time(app, closed):
    challenge, solution, official = closed
    second = a_received_solution(challenge, title_vi="Mô hình mở")

    site = Site(app, official, language="en").open(f"/challenges/{challenge.slug}").click("Solutions received")

    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in site.page.find_all("tr")]
    assert [row[:3] for row in rows[1:]] == [
        ["1", f"Mưa Phố: cảnh báo ngập từng đoạn phố {solution.reference}", solution.organisation.name_vi],
        ["2", f"Mô hình mở {second.reference}", second.organisation.name_vi],
    ]


def test_before_closing_the_list_only_says_that_it_is_sealed(app):
    challenge = make.a_challenge()
    solution = a_received_solution(challenge)

    site = Site(app, make.a_member(challenge.agency), language="en").open(f"/challenges/{challenge.slug}/solutions")

    assert "Sealed until closing" in site.main
    assert (site.buttons().count("Begin the check"), solution.reference in site.html) == (0, False)


def test_the_list_asks_the_database_the_same_for_one_and_for_three(app, closed):
    challenge, _solution, official = closed
    site = Site(app, official, language="en")

    with count_queries() as for_one:
        site.open(f"/challenges/{challenge.slug}/solutions")
    a_received_solution(challenge)
    a_received_solution(challenge)
    with count_queries() as for_three:
        site.open(f"/challenges/{challenge.slug}/solutions")

    assert len(for_three) == len(for_one)


def test_beginning_the_check_moves_the_challenge(app, closed):
    challenge, _solution, official = closed

    Site(app, official, language="en").open(f"/challenges/{challenge.slug}/solutions").press("Begin the check")

    db.session.refresh(challenge)
    assert challenge.stage == ChallengeStage.SCREENING
    assert db.session.scalar(select(JournalEntry.event).order_by(JournalEntry.id.desc()).limit(1)) == "ScreeningBegun"


def test_a_solution_is_found_eligible_and_that_begins_the_check(app, closed):
    challenge, solution, official = closed

    site = Site(app, official, language="en").open(f"/solutions/{solution.reference}")
    assert "Ghép dự báo mưa với mực nước đo tại cống." in site.main
    site.press("It is eligible")

    db.session.refresh(solution)
    assert (solution.stage, challenge.stage, site.address) == (
        "admitted",
        "screening",
        f"/en/challenges/{challenge.slug}/solutions",
    )


def test_a_solution_is_excluded_with_reasons_that_its_entrant_reads(app, closed):
    _challenge, solution, official = closed
    site = Site(app, official, language="en").open(f"/solutions/{solution.reference}")

    refused = site.press("Exclude it", reasons=" \u200b")
    assert (refused.status, refused.errors) == (422, ["Give the reasons."])
    site.press("Exclude it", reasons="Không thuộc đối tượng dự thi.")

    db.session.refresh(solution)
    assert (solution.stage, solution.screening_note) == ("ineligible", "Không thuộc đối tượng dự thi.")
    said = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}").main
    assert "Why it is not eligible Không thuộc đối tượng dự thi." in said


def test_an_exclusion_can_be_taken_back_while_the_check_lasts(app, closed):
    _challenge, solution, official = closed
    services.exclude_solution(solution, actor=official, reasons="Nhầm hồ sơ")

    services.admit_solution(solution, actor=official)

    assert (solution.stage, solution.screening_note) == ("admitted", None)


@pytest.mark.parametrize("path", ["admission", "exclusion"])
def test_nobody_but_the_agency_decides_on_eligibility(app, closed, path):
    _challenge, solution, _official = closed
    viewer = make.a_member(solution.challenge.agency, Role.VIEWER)
    people = [make.a_member(make.an_agency(), Role.OWNER), make.an_operator(), make.an_auditor(), viewer]

    statuses = [
        Site(app, person, language="en").send(f"/solutions/{solution.reference}/{path}", reasons="x").status
        for person in people
    ]

    assert statuses == [404] * 4
    assert Site(app, solution.author, language="en").send(f"/solutions/{solution.reference}/{path}").status == 403
    for person in [*people, solution.author]:
        with pytest.raises(Refused):
            services.admit_solution(solution, actor=person)


def test_an_official_does_not_decide_on_a_solution_of_an_organisation_they_belong_to(app, closed):
    from marketplace.organisations.services import start_membership

    _challenge, solution, official = closed
    start_membership(solution.organisation, official, role=Role.VIEWER, giver=official)

    with pytest.raises(Refused):
        services.admit_solution(solution, actor=official)


def test_nothing_is_checked_before_closing_or_after_judging_began(app, closed):
    challenge, solution, official = closed
    open_challenge = make.a_challenge(challenge.agency)
    early = a_received_solution(open_challenge)

    with pytest.raises(WrongStage):
        services.begin_screening(open_challenge, actor=official)
    with pytest.raises(WrongStage):
        services.admit_solution(early, actor=official)
    services.begin_screening(challenge, actor=official)
    with pytest.raises(WrongStage):
        services.begin_screening(challenge, actor=official)
    challenge.move("judge")
    with pytest.raises(WrongStage):
        services.exclude_solution(solution, actor=official, reasons="muộn")


def test_beginning_the_check_is_for_the_agencys_members_only(app, closed):
    challenge, solution, _official = closed
    people = [make.a_member(challenge.agency, Role.VIEWER), solution.author, make.an_operator()]

    statuses = [
        Site(app, each, language="en").send(f"/challenges/{challenge.slug}/screening").status for each in people
    ]

    db.session.refresh(challenge)
    assert (statuses, challenge.stage) == ([403] * 3, "published")


def test_the_list_of_received_solutions_does_not_exist_for_others(app, closed):
    challenge, solution, _official = closed
    people = [make.a_member(challenge.agency, Role.VIEWER), solution.author, make.an_operator(), make.an_auditor()]

    statuses = [
        Site(app, each, language="en").open(f"/challenges/{challenge.slug}/solutions").status for each in people
    ]

    assert statuses == [404] * 4


@pytest.mark.feature("32")
def test_drafts_and_withdrawn_solutions_are_never_opened(app):
    challenge = make.a_challenge()
    draft = a_solution(challenge, make.a_member(make.an_organisation()))
    withdrawn = a_received_solution(challenge)
    services.withdraw_solution(withdrawn, actor=withdrawn.author)
    db.session.commit()

    with clock.at(challenge.closes_at):
        site = Site(app, make.a_member(challenge.agency), language="en")
        statuses = [site.open(f"/solutions/{each.reference}").status for each in (draft, withdrawn)]
        site.open(f"/challenges/{challenge.slug}/solutions")

    assert (statuses, "No solution was received." in site.main) == ([404, 404], True)
