"""The quality gate: advice for each gap, a score, and gaps that the operator lets pass."""

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.models import Challenge
from marketplace.challenges.words import ADVICE
from marketplace.db import db
from marketplace.labels import GAPS
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site


@pytest.fixture
def agency(app):
    return make.an_agency("Sở Xây dựng thử nghiệm")


@pytest.fixture
def manager(agency):
    return make.a_member(agency, Role.MANAGER, "Nguyễn Văn Quản")


def _in_review(agency, **fields) -> Challenge:
    challenge = make.a_draft_challenge(agency, **fields)
    challenge.move("submit")
    db.session.commit()
    return challenge


def test_every_gap_has_its_word_and_its_advice():
    assert set(ADVICE) == set(GAPS)


@pytest.mark.feature("17", "N8")
def test_each_section_says_what_would_make_it_better_and_how(app, agency, manager):
    challenge = make.a_draft_challenge(agency, current_cost_vi=None)
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/edit")
    assert "Missing: what the problem costs today" in site.main
    before = int(site.main.partition("Quality: ")[2].partition(" ")[0])

    site.click("The problem")
    assert "Say what the problem costs today, in money, hours or harm." in site.main
    assert "Say what was tried and why it did not suffice; nobody then offers it again." in site.main
    site.press("Save", current_cost_vi="20 tỷ đồng mỗi năm", prior_work_vi="Đã đặt 50 trạm đo.")

    after = int(site.main.partition("Quality: ")[2].partition(" ")[0])
    assert 0 < before < after <= 100
    assert "Missing" not in site.main


@pytest.mark.feature("20", "N9")
@pytest.mark.parametrize("column", ["adoption_owner_vi", "pilot_budget_vnd", "decision_on"])
def test_owner_budget_and_day_of_decision_are_required(app, agency, manager, column):
    challenge = make.a_draft_challenge(agency, **{column: None})

    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/edit").press("Send for review")

    assert site.status == 422
    assert len(site.errors) == 1


@pytest.mark.feature("17", "N8", "10")
def test_what_cannot_be_filled_in_is_explained_and_the_operator_decides(app, agency, manager):
    challenge = make.a_draft_challenge(agency, current_cost_vi=None)
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/edit")
    site.press("Send with an explanation", explanation="Chưa có số liệu điều tra.")
    operator = Site(app, make.an_operator(), language="en").open(f"/challenges/{challenge.slug}")
    assert "Chưa có số liệu điều tra." in operator.main

    refused = operator.press("Publish")
    assert (refused.status, "It cannot be published as it is." in refused.main) == (422, True)
    operator.open(f"/challenges/{challenge.slug}").press(
        "Let it pass", gap="current_cost", reason="Điều tra xong trong tháng tới."
    )
    operator.press("Publish")

    visitor = Site(app, language="en").open(f"/challenges/{challenge.slug}")
    assert "Published without everything" in visitor.main
    assert "What the problem costs today Điều tra xong trong tháng tới." in visitor.main
    assert "Chưa có số liệu điều tra." not in visitor.main
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "GapWaived")).one()
    assert line.facts == {"gap": "current_cost", "reason": "Điều tra xong trong tháng tới."}


def test_a_fixed_gap_is_neither_explained_away_nor_waived(app, agency, manager):
    draft = make.a_draft_challenge(agency, title_en=None, closes_at=None)
    site = Site(app, manager, language="en").open(f"/challenges/{draft.slug}/edit")
    assert "Send with an explanation" not in site.buttons()
    assert site.send(f"/challenges/{draft.slug}/review", explanation="Xin châm chước").status == 422

    reviewed = _in_review(agency, closes_at=None)
    waived = Site(app, make.an_operator()).send(
        f"/challenges/{reviewed.slug}/waivers", gap="timetable", reason="Không cần"
    )

    assert waived.status == 404


def test_letting_a_gap_pass_needs_a_reason_an_operator_and_a_statement_in_review(app, agency, manager):
    reviewed = _in_review(agency, current_cost_vi=None)
    address = f"/challenges/{reviewed.slug}/waivers"
    operator = make.an_operator()
    site = Site(app, operator, language="en").open(f"/challenges/{reviewed.slug}")

    empty = site.press("Let it pass", gap="current_cost", reason=" ")
    assert (empty.status, empty.errors) == (422, ["Give the reason."])
    assert Site(app, manager).send(address, gap="current_cost", reason="Vì tôi muốn").status == 403
    published = make.a_challenge(agency, prior_work_vi=None)
    assert site.send(f"/challenges/{published.slug}/waivers", gap="prior_work", reason="Muộn").status == 409


@pytest.mark.feature("10")
def test_authors_and_operator_write_to_each_other_and_nobody_else_reads_it(app, agency, manager):
    reviewed = _in_review(agency)
    operator = make.an_operator("Trần Vinh")
    Site(app, operator, language="en").open(f"/challenges/{reviewed.slug}").press(
        "Send the message", body="Số liệu trạm đo lấy ở đâu?"
    )

    authors = Site(app, manager, language="en").open(f"/challenges/{reviewed.slug}")
    assert "Trần Vinh" in authors.main
    authors.press("Send the message", body="Ở Công ty Thoát nước.")

    letters = db.session.execute(select(Letter.to_email, Letter.kind).order_by(Letter.id)).all()
    assert [tuple(each) for each in letters] == [
        (manager.email, "review_message"),
        (operator.email, "review_message"),
    ]
    Site(app, operator, language="en").open(f"/challenges/{reviewed.slug}").press("Publish")
    for reader in (None, make.a_person(), make.a_member(make.an_organisation(), Role.OWNER)):
        shown = Site(app, reader, language="en").open(f"/challenges/{reviewed.slug}").main
        assert "Số liệu trạm đo lấy ở đâu?" not in shown
        assert "Ở Công ty Thoát nước." not in shown
    assert authors.send(f"/challenges/{reviewed.slug}/messages", body="Muộn rồi").status == 409


def test_a_message_needs_words_and_a_side(app, agency, manager):
    reviewed = _in_review(agency)
    site = Site(app, manager, language="en").open(f"/challenges/{reviewed.slug}")

    empty = site.press("Send the message", body=" \n ")

    assert (empty.status, empty.errors) == (422, ["Write a message."])
    outsider = make.a_member(make.an_agency(), Role.MANAGER)
    assert Site(app, outsider).send(f"/challenges/{reviewed.slug}/messages", body="Chào").status == 404


@pytest.mark.feature("10")
def test_reasons_for_sending_back_stay_in_the_thread(app, agency, manager):
    reviewed = _in_review(agency)
    Site(app, make.an_operator(), language="en").open(f"/challenges/{reviewed.slug}").press(
        "Send back", reasons="Chưa rõ ai dùng."
    )
    site = Site(app, manager, language="en").open(f"/challenges/{reviewed.slug}/edit").press("Send for review")

    thread = site.page.find(id="thread").get_text(" ", strip=True)

    assert "Chưa rõ ai dùng." in thread
