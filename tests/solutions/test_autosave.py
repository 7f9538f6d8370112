"""A section is saved while it is written, and nothing of it is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.accounts.models import OpenSession
from marketplace.audit.models import JournalEntry
from marketplace.challenges.entry_form.stages import Kind as AskedKind
from marketplace.db import db
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.moments import time_of_day
from tests import make
from tests.site import Site
from tests.solutions.entries import a_received_solution, an_empty_solution


@pytest.fixture
def draft(app) -> Solution:
    return an_empty_solution(make.a_challenge(), make.a_member(make.an_organisation()))


class Writer:
    """Somebody with a section open, whose browser saves by itself."""

    def __init__(self, app, solution, person=None, section="team"):
        self.site = Site(app, person or solution.author, language="en")
        self.address = f"/solutions/{solution.reference}/edit/{section}"
        self.site.open(self.address)
        self.fields = {name: self.site.value(name) for name in ("csrf_token", "edition", "form_key")}
        self.turn = 0

    def rests(self, **typed):
        """The browser sends what was typed and takes over the new edition."""
        self.turn += 1
        return self.sends(self.turn, **typed)

    def sends(self, turn, **typed):
        self.site.send(f"{self.address}/autosave", **(self.fields | {"turn": str(turn)} | typed))
        return self.site

    def hears(self):
        """The page takes the fingerprint out of the answer, as static/drafting.js does."""
        self.fields["edition"] = self.site.page.find(id="saved")["data-edition"]
        return self


def journal_lines():
    return db.session.scalar(select(func.count()).where(JournalEntry.event == "SolutionSaved"))


@pytest.mark.feature("22")
def test_a_section_saves_itself_and_says_when(app, draft):
    writer = Writer(app, draft)

    writer.rests(team="Chín kỹ sư")
    writer.hears().rests(team="Chín kỹ sư và hai nhà khoa học")

    db.session.refresh(draft)
    assert (writer.site.status, draft.team) == (200, "Chín kỹ sư và hai nhà khoa học")
    assert f"Saved at {time_of_day(draft.saved_at)}." in writer.site.text
    assert "Missing: the team" not in writer.site.text
    assert "Missing: the summary" in writer.site.text


@pytest.mark.feature("22")
def test_saving_by_itself_makes_no_version_and_one_journal_line_an_hour(app):
    solution = a_received_solution(make.a_challenge())
    writer = Writer(app, solution)
    before = journal_lines()

    for number in range(4):
        writer.rests(team=f"Nhóm {number}")
        writer.hears()
    with clock.at(clock.now() + timedelta(minutes=61)):
        writer.rests(team="Một giờ sau")

    assert journal_lines() - before == 2
    assert db.session.scalar(select(func.count()).select_from(SolutionVersion)) == 1


@pytest.mark.feature("T-106")
def test_a_late_request_of_the_same_page_changes_nothing(app, draft):
    writer = Writer(app, draft)
    writer.sends(2, team="mới")

    late = writer.sends(1, team="cũ")

    db.session.refresh(draft)
    assert (late.status, draft.team) == (200, "mới")


def test_an_answer_that_never_came_back_is_no_second_writer(app, draft):
    writer = Writer(app, draft)
    writer.sends(1, team="đã tới nơi")

    again = writer.sends(2, team="đã tới nơi, và thêm")

    db.session.refresh(draft)
    assert (again.status, draft.team) == (200, "đã tới nơi, và thêm")


@pytest.mark.feature("T-072")
@pytest.mark.parametrize(
    ("section", "field"), [("summary", "summary"), ("approach", "impact"), ("team", "team"), ("pilot", "pilot_plan")]
)
def test_two_browsers_that_save_by_themselves_show_both_texts_in_every_section(app, draft, section, field):
    minh, thu = Writer(app, draft, section=section), make.a_member(draft.organisation, name="Trần Thu")
    site = Site(app, thu, language="en").open(f"/solutions/{draft.reference}/edit/{section}")
    site.press("Save", **{field: "Của Thu"})
    rest = {"language": "vi"} if section == "summary" else {}

    minh.rests(**{field: "Của Minh"}, **rest)

    cards = [card.get_text(" ", strip=True) for card in minh.site.page.find_all(class_="card")]
    assert minh.site.status == 409
    assert cards[-2:] == ["Saved by somebody else Của Thu", "Typed by you Của Minh"]
    assert "Trần Thu saved something in this section" in minh.site.text
    db.session.refresh(draft)
    assert getattr(draft, field) == "Của Thu"

    minh.hears().rests(**{field: "Của Thu và Minh"}, **rest)

    db.session.refresh(draft)
    assert (minh.site.status, getattr(draft, field)) == (200, "Của Thu và Minh")


def test_what_cannot_be_saved_is_named(app, draft):
    writer = Writer(app, draft, section="pilot")

    answer = writer.rests(cost_vnd="một tỷ", pilot_plan="Sáu tháng")

    assert answer.status == 422
    assert "Write a whole number of đồng, for example 1.500.000.000." in answer.text
    assert answer.page.find(id="saved")["data-state"] == "wrong"


@pytest.mark.feature("T-089", "T-107")
def test_after_closing_nothing_saves_itself(app):
    solution = a_received_solution(make.a_challenge())
    writer = Writer(app, solution)

    with clock.at(solution.challenge.closes_at):
        answer = writer.rests(team="quá giờ")

    db.session.refresh(solution)
    assert (answer.status, answer.page.find(id="saved")["data-state"]) == (409, "over")
    assert solution.team == "Chín kỹ sư thủy lực và lập trình."


@pytest.mark.feature("T-069", "T-070")
def test_nobody_else_can_save_through_it(app, draft):
    stranger, viewer = make.a_member(make.an_organisation()), make.a_member(draft.organisation, Role.VIEWER)
    address = f"/solutions/{draft.reference}/edit/team/autosave"

    statuses = [Site(app, person).send(address, team="x").status for person in (stranger, viewer)]

    assert statuses == [404, 403]
    assert Site(app, draft.author).send(f"/solutions/{draft.reference}/edit/score/autosave").status == 404


@pytest.mark.feature("22", "T-109")
def test_a_session_that_ended_costs_no_text(app, draft):
    site = Site(app, draft.author, language="en").open(f"/solutions/{draft.reference}/edit/team")
    for session in db.session.scalars(select(OpenSession)):
        session.ended_at = clock.now()
    text = "Tám trăm chữ về nhóm thực hiện. " * 30

    site.press("Save", team=text)

    kept = site.html
    assert (site.status, site.page.h1.get_text(strip=True)) == (401, "Sign in, then send this again")
    assert "Tám trăm chữ" in site.main
    site.sign_in(draft.author.email)
    site.html = kept
    site.press("Send again")
    db.session.refresh(draft)
    assert draft.team == text.strip()


def test_an_ended_session_is_told_to_the_browser_that_saves_by_itself(app, draft):
    writer = Writer(app, draft)
    for session in db.session.scalars(select(OpenSession)):
        session.ended_at = clock.now()

    assert writer.rests(team="chưa mất").status == 401


@pytest.mark.feature("22", "4", "T-072")
def test_answers_to_the_challenges_own_questions_save_themselves_and_two_editors_read_both(app, draft):
    asked = make.a_question(draft.challenge, "Địa bàn thí điểm")
    chosen = make.a_question(
        draft.challenge,
        "Mùa",
        kind=AskedKind.ONE_OF,
        options=[{"key": "o1", "vi": "Mùa mưa"}, {"key": "o2", "vi": "Mùa khô"}],
    )
    path = f"/solutions/{draft.reference}/answers/{asked.section.reference}"
    minh = Site(app, draft.author, language="en").open(path)
    names = ("edition", "form_key", "turn", "csrf_token")
    fields = {name: minh.value(name) for name in names} | {"turn": "1"}

    minh.send(f"{path}/autosave", **fields, **{asked.reference: "Phường Láng"})
    assert minh.page.find(id="saved")["data-state"] == "saved"
    assert f"Saved at {time_of_day(draft.saved_at)}." in minh.text
    assert f"Missing: {chosen.label_vi}" in minh.text
    # what the page itself saved is no other edition, and an older request of it changes nothing
    minh.send(f"{path}/autosave", **(fields | {"turn": "3"}), **{asked.reference: "Phường Láng, Hà Nội"})
    minh.send(f"{path}/autosave", **(fields | {"turn": "2"}), **{asked.reference: "cũ"})
    assert [answer.value for answer in draft.answers] == ["Phường Láng, Hà Nội"]

    thu = make.a_member(draft.organisation, name="Trần Thu")
    Site(app, thu, language="en").open(path).press("Save", **{asked.reference: "Của Thu", chosen.reference: "o2"})
    minh.send(f"{path}/autosave", **(fields | {"turn": "4"}), **{asked.reference: "Của Minh", chosen.reference: "o1"})

    cards = [card.get_text(" ", strip=True) for card in minh.page.find_all(class_="card")]
    assert (minh.status, cards) == (
        409,
        [
            "Saved by somebody else Của Thu",
            "Typed by you Của Minh",
            "Saved by somebody else Mùa khô",
            "Typed by you Mùa mưa",
        ],
    )
    assert "Trần Thu saved something in this section" in minh.text
    stranger = Site(app, make.a_member(make.an_organisation())).send(f"{path}/autosave")
    with clock.at(draft.challenge.closes_at):
        late = Site(app, draft.author, language="en").send(f"{path}/autosave", **{asked.reference: "muộn"})
        assert (stranger.status, late.status, late.page.find(id="saved")["data-state"]) == (404, 409, "over")
