"""Public texts that readers report: hidden with a reason, objected to, shown again, and nobody named."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.moderating.models import ReportedText
from marketplace.audit.models import JournalEntry
from marketplace.challenges.asking.models import Question
from marketplace.db import db
from marketplace.jobs import run_waiting
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site

BECAUSE = "Nêu số điện thoại riêng của một người dân."


def hide(app, operator, title, because=BECAUSE):
    """The operator's browser after hiding the text with this title from the queue."""
    room = Site(app, operator, language="en").open("/work").click("Reported texts").click(title)
    reference = db.session.scalars(select(ReportedText.reference).order_by(ReportedText.id.desc())).first()
    return room.press("Hide the text", because=because, typed=reference)


def test_a_reported_profile_is_hidden_objected_to_and_shown_again(app):
    company = make.an_organisation("Công ty Mưa Phố", summary_vi="Gọi chị Lan số 09xx.", summary_en="Call Lan.")
    owner, operator = make.a_member(company, Role.OWNER, language="en"), make.an_operator()
    reader, page = Site(app, language="en"), f"/organisations/{company.slug}"

    thanked = reader.open(page).click("Report this text").press("Send the report", reason="private").text
    room = hide(app, operator, "Công ty Mưa Phố")
    gone = reader.open(page).status, "Call Lan." in reader.html
    found = reader.open("/search?q=Mưa+Phố").main
    own = Site(app, owner, language="en").open(page).main
    author = Site(app, owner, language="en").open(f"/hidden-texts/{room.address.rsplit('/', 1)[1]}")
    author.press("Send the objection", words="Số này là của công ty.")
    twice = author.send(author.address.removeprefix("/en"), words="Lần nữa").status
    answered = room.open("/operator/texts").click("Công ty Mưa Phố")
    short = answered.press("Keep it hidden", answer="ngắn").status
    answered.press("Keep it hidden", answer="Số này vẫn là số riêng của chị Lan.")
    answered.press("Show it again")

    assert "Thank you. The operator looks at it within 24 hours." in thanked
    assert gone == (200, False)
    assert "Call Lan." in own
    assert "Công ty Mưa Phố" not in found
    assert (twice, short) == (409, 422)
    assert "Call Lan." in reader.open(page).main
    run_waiting()
    letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [each.subject for each in letters] == [
        "A text of yours is hidden",
        "Your objection was answered",
        "A text of yours is seen again",
    ]
    assert BECAUSE in letters[0].body


def test_of_a_hidden_question_nobody_learns_who_asked_or_reported_it(app):
    challenge, asker, operator = make.a_challenge(), make.a_person("Lê Thị Kín", language="en"), make.an_operator()
    asked = {"challenge": challenge, "number": 1, "text_en": "Call me at 09xx?", "answer_en": "No.", "asker": asker}
    question = Question(**asked, asked_at=clock.now(), answered_at=clock.now())
    db.session.add(question)
    reporter, page = make.a_person("Phạm Văn Báo"), f"/challenges/{challenge.slug}/questions"

    Site(app, reporter, language="en").open(page).click("Report this text").press("Send the report", reason="other")
    room = hide(app, operator, challenge.title_vi)
    public, own = Site(app, language="en").open(page).main, Site(app, asker, language="en").open(page).main
    author = Site(app, asker, language="en").open(f"/hidden-texts/{room.address.rsplit('/', 1)[1]}")
    author.press("Send the objection", words="Không phải số riêng.")
    stranger = Site(app, reporter).open(author.address.removeprefix("/en")).status

    assert ("Call me at" in public, "Call me at" in own, stranger) == (False, True, 404)
    staff = [room.open(path).html for path in ("/outbox", room.address, "/operator/texts", "/journal")]
    assert [name for name in ("Lê Thị Kín", "Phạm Văn Báo") if any(name in html for html in staff)] == []
    lines = db.session.scalars(select(JournalEntry).where(JournalEntry.object_type == "ReportedText")).all()
    assert {each.actor_id for each in lines} == {None, operator.id}
    assert db.session.scalars(select(Letter.to_person_id)).all() == [asker.id]


def test_hiding_is_for_operators_with_a_reason_and_the_reference_typed(app):
    company, operator = make.an_organisation("Công ty Mưa Phố", summary_en="Rain."), make.an_operator()
    site = Site(app, operator, language="en").open(f"/reports/organisation/{company.reference}")
    site.press("Send the report", reason="false", words="Không có thật.")
    room = site.open("/operator/texts").click("Công ty Mưa Phố")

    wrong = room.press("Hide the text", because=BECAUSE, typed="VB-KHAC").errors
    room.press("Leave it as it is")
    left = room.open("/operator/texts?state=left").main
    again = room.send(f"/operator/texts/{db.session.scalar(select(ReportedText.reference))}/leave").status
    nobody = Site(app, make.a_person()).open("/operator/texts").status

    assert wrong[0].startswith("Type VB-")
    assert "Công ty Mưa Phố" in left
    assert (again, nobody) == (409, 404)
    assert Site(app).open("/reports/organisation/TC-KHONGCO").status == 404


@pytest.mark.feature("T-039")
def test_one_caller_cannot_flood_the_queue(app):
    company = make.an_organisation("Công ty Mưa Phố", summary_en="Rain.")
    site = Site(app, language="en").open(f"/reports/organisation/{company.reference}")

    statuses = [site.send(f"/reports/organisation/{company.reference}", reason="other").status for _ in range(11)]

    assert statuses == [200] * 10 + [429]
