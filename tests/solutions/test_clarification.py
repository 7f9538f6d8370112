"""A clarification during screening: asked with a clock, answered once, a part that judges see as such."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.solutions.clarifying.models import Clarification
from marketplace.solutions.clarifying.services import due_after
from marketplace.solutions.models import SolutionVersion
from marketplace.text import HANOI
from tests import make
from tests.site import Site
from tests.solutions.entries import CSV, a_received_solution


@pytest.fixture
def solution(app):
    challenge = make.a_closed_challenge(make.an_agency("Sở Thoát nước"))
    return a_received_solution(
        challenge, make.a_member(make.an_organisation("Công ty Mưa Phố"), email="mua@example.vn")
    )


@pytest.fixture
def secretary(solution):
    return make.a_member(solution.challenge.agency, name="Nguyễn Thị Lan")


def ask(app, solution, secretary, question="Bản sao giấy phép ở đâu?", days="3"):
    site = Site(app, secretary, language="en").open(f"/solutions/{solution.reference}").click("Ask for a clarification")
    return site.press("Ask the entrant", question=question, days=days)


def asked(app, solution, secretary):
    ask(app, solution, secretary)
    return db.session.scalars(select(Clarification)).one()


def reply(app, solution, answer="Đính kèm bản sao.", files=None):
    site = Site(app, solution.author, language="en").open("/work").click(solution.challenge.title_en)
    return site.press("Send the answer", answer=answer, files=files)


@pytest.mark.feature("29")
def test_the_secretary_asks_and_the_answer_becomes_a_part_of_a_new_version(app, solution, secretary):
    ask(app, solution, secretary)
    letter = db.session.scalars(select(Letter).where(Letter.kind == "clarification_asked")).one()
    assert (letter.to_email, "Bản sao giấy phép" in letter.body) == ("mua@example.vn", False)

    receipt = reply(app, solution, files={"files": CSV})

    assert "Your answer was received." in receipt.text
    version = db.session.scalars(select(SolutionVersion).order_by(SolutionVersion.number.desc())).first()
    first = db.session.scalars(select(SolutionVersion).where(SolutionVersion.number == 1)).one()
    assert {key: version.content[key] for key in first.content} == first.content
    assert [file["name"] for file in version.files] == ["Số liệu đo.csv"]
    read = Site(app, secretary, language="en").open(f"/solutions/{solution.reference}")
    assert "Clarification after closing" in read.main
    assert "Đính kèm bản sao." in read.main
    assert read.click("Số liệu đo.csv").body == CSV[0]


def test_it_is_due_at_the_end_of_a_working_day():
    at = clock.now().astimezone(HANOI).replace(hour=23, minute=30)

    due = due_after(at, 2).astimezone(HANOI)

    assert (due.date() - at.date(), due.strftime("%H:%M")) == (timedelta(days=2), "17:00")


def test_after_the_window_or_a_second_time_nothing_is_taken(app, solution, secretary):
    clarification = asked(app, solution, secretary)
    place = f"/solutions/{solution.reference}/clarifications/{clarification.reference}"
    page = Site(app, solution.author, language="en").open(place)

    with clock.at(clarification.due_at):
        late = page.press("Send the answer", answer="Muộn.")
    page.open(place).press("Send the answer", answer="Kịp.")
    again = Site(app, solution.author, language="en").send(place, answer="Lần nữa.")

    assert (late.status, again.status) == (200, 409)
    assert [each.number for each in db.session.scalars(select(SolutionVersion).order_by(SolutionVersion.id))] == [1, 2]


def test_only_one_is_open_at_a_time_and_only_the_secretary_asks(app, solution, secretary):
    ask(app, solution, secretary)
    twice = Site(app, secretary, language="en").open(f"/solutions/{solution.reference}/clarifications")
    twice.press("Ask the entrant", question="Còn gì nữa?")
    place = f"/solutions/{solution.reference}/clarifications"

    assert (twice.status, twice.errors) == (409, ["Wait until the open clarification is answered or its time is over."])
    assert Site(app, make.a_person()).open(place).status == 404
    assert Site(app, solution.author).open(place).status == 404
    assert Site(app, make.an_operator()).open(place).status == 404
    clarification = db.session.scalars(select(Clarification)).one()
    assert Site(app, secretary).open(f"{place}/{clarification.reference}").status == 404


def test_the_form_names_what_is_missing(app, solution, secretary):
    site = ask(app, solution, secretary, question=" ", days="99")

    assert (site.status, site.errors) == (
        422,
        ["Say what should be clarified.", "Choose a number of days from 1 to 15."],
    )
    assert db.session.scalars(select(Clarification)).all() == []
