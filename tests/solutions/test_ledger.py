"""The access ledger that the entrant reads: who opened what of the entry, when, as what."""

from datetime import timedelta

import pytest
from flask import g

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.solutions.services.opening import note_reading
from tests import make
from tests.site import Site
from tests.solutions.entries import PDF, a_solution, received


@pytest.fixture
def solution(app):
    minh = make.a_member(make.an_organisation())
    solution = a_solution(make.a_challenge(), minh)
    Site(app, minh, language="en").open(f"/solutions/{solution.reference}/edit/attachments").press(
        "Attach", files={"files": PDF}
    )
    received(solution)
    return solution


def rows(app, solution) -> list[list[str]]:
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/openings")
    assert site.status == 200
    return [[cell.get_text(" ", strip=True) for cell in row.find_all("td")][1:] for row in site.page.select("tbody tr")]


@pytest.mark.feature("N13", "32")
def test_the_entrant_reads_who_of_the_agency_opened_what(app, solution):
    official = make.a_member(solution.challenge.agency, name="Nguyễn Thị Thư Ký")
    with clock.at(solution.challenge.closes_at):
        site = Site(app, official, language="en").open(f"/solutions/{solution.reference}")
        site.click("Thuyết minh đề án.pdf")

        assert rows(app, solution) == [
            ["Nguyễn Thị Thư Ký", "agency of the challenge", "Thuyết minh đề án.pdf"],
            ["Nguyễn Thị Thư Ký", "agency of the challenge", "Text of version 1"],
        ]


@pytest.mark.feature("N13")
def test_judges_are_numbers_until_the_results_are_published(app, solution):
    first, second = make.a_person("Trần Giám Khảo"), make.a_person("Lê Giám Khảo")
    for hours, person in enumerate((first, second, first)):
        read_as_judge(app, solution, person, at=solution.challenge.closes_at + timedelta(hours=2 * hours))

    before = [row[0] for row in rows(app, solution)]
    solution.challenge.stage = Stage.RESULTS_PUBLISHED
    db.session.commit()
    after = [row[0] for row in rows(app, solution)]

    assert before == ["Judge 1", "Judge 2", "Judge 1"]
    assert after == ["Trần Giám Khảo", "Lê Giám Khảo", "Trần Giám Khảo"]


def read_as_judge(app, solution, person, *, at):
    """What the page of a score sheet leaves when a judge opens it."""
    db.session.commit()
    with app.test_request_context(), clock.at(at):
        g.reads_only = True
        note_reading(solution, actor=person, role="judge", version=1)
        db.session.rollback()


@pytest.mark.feature("N13")
def test_reading_again_within_the_hour_is_one_reading(app, solution):
    official = make.a_member(solution.challenge.agency)
    for minutes in (0, 30, 61):
        with clock.at(solution.challenge.closes_at + timedelta(minutes=minutes)):
            Site(app, official).open(f"/solutions/{solution.reference}")

    assert len(rows(app, solution)) == 2


@pytest.mark.feature("N13")
def test_nobody_but_the_entrant_reads_the_ledger(app, solution):
    others = [make.a_member(solution.challenge.agency), make.an_operator(), make.an_auditor(), make.a_person()]

    with clock.at(solution.challenge.closes_at):
        answers = [Site(app, each).open(f"/solutions/{solution.reference}/openings").status for each in others]

    assert answers == [404] * 4


@pytest.mark.feature("N13")
def test_the_entrants_own_people_leave_no_line(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/openings")

    assert "Nobody has opened it" in site.main
