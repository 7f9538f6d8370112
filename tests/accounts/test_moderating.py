"""Public texts that readers report: hidden with a reason, objected to, shown again, and nobody named."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.moderating.models import ReportedText
from marketplace.audit.models import JournalEntry
from marketplace.challenges.asking.models import Question
from marketplace.challenges.briefings.models import Briefing
from marketplace.db import db
from marketplace.jobs import run_waiting
from marketplace.matching.reading import read_profiles
from marketplace.notifications.models import Letter
from marketplace.organisations.experts.services import write_expert
from marketplace.organisations.experts.stages import Readers
from marketplace.organisations.naming import thing_of
from marketplace.organisations.stages import Audience, Role
from marketplace.search import services as search
from tests import make
from tests.judging.judging_make import a_deliberating_round
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


def seen(app, person, path):
    return Site(app, person, language="en").open(path).text


def test_a_hidden_challenge_is_read_by_those_who_have_a_part_in_it_and_found_by_nobody(app):
    challenge = make.a_challenge(title_en="Floods and insults", description_en="The chairman is a crook. " * 12)
    agent, operator = make.a_member(challenge.agency, language="en"), make.an_operator()
    page, reader = f"/challenges/{challenge.slug}", Site(app, language="en")

    reader.open(page).click("Report this text").press("Send the report", reason="insulting")
    room = hide(app, operator, challenge.title_vi)
    gone = reader.open(page)
    instead = gone.status, "The operator took this text from sight" in gone.main, "crook" in gone.html
    found = [seen(app, None, path) for path in ("/challenges", "/search?q=insults", "/")]
    deeper = [reader.open(f"{page}/{part}").status for part in ("questions", "amendments", "email-following")]
    stranger, own = seen(app, make.a_person(), page), seen(app, agent, page)
    room.press("Show it again")

    assert instead == (200, True, False)
    assert not [text for text in found if "Floods and insults" in text]
    assert deeper == [404, 404, 404]
    assert ("crook" in stranger, "crook" in own) == (False, True)
    assert "crook" in reader.open(page).main
    assert "Floods and insults" in seen(app, None, "/challenges")


def test_a_hidden_line_of_a_track_record_leaves_page_search_and_suggestions_and_its_people_keep_it(app):
    company = make.an_organisation("Công ty Mưa Phố")
    owner, operator = make.a_member(company, Role.OWNER, language="en"), make.an_operator()
    line = make.evidence(company, "Trạm của ông Nguyễn Văn Riêng")
    make.evidence(company, "Trạm quan trắc Tô Lịch")
    search.put(thing_of(company))
    db.session.commit()
    page = f"/organisations/{company.slug}"

    reader = Site(app, language="en").open(page).click("Report: Trạm của ông Nguyễn Văn Riêng")
    reader.press("Send the report", reason="private")
    room = hide(app, operator, "Trạm của ông Nguyễn Văn Riêng")
    public, found = seen(app, None, page), seen(app, None, "/search?q=Nguyễn+Văn+Riêng")
    profile = str(list(read_profiles()))
    own = seen(app, owner, f"{page}/track-record")
    room.press("Show it again")

    assert ("Riêng" in public, "Tô Lịch" in public, "Công ty Mưa Phố" in found, "Riêng" in profile) == (
        False, True, False, False,
    )  # fmt: skip
    assert "The operator took this line from sight" in own
    assert "Riêng" in seen(app, None, page)
    line.audience = Audience.PARTNER
    db.session.commit()
    assert Site(app).open(f"/reports/track_record/{line.reference}").status == 404


def test_of_a_hidden_winner_the_award_stands_and_what_is_said_of_it_does_not(app):
    made = a_deliberating_round(2, judges=1)
    made.publish()
    winner, operator = made.entries[0], make.an_operator()
    page, summary = f"/results/{made.challenge.slug}", f"Tóm tắt của {made.entries[0].title_vi}."

    Site(app, language="en").open(page).click("Report this text").press("Send the report", reason="false")
    room = hide(app, operator, winner.title_vi)
    public, own = seen(app, None, page), seen(app, winner.author, page)
    elsewhere = [seen(app, None, path) for path in ("/", "/results", made.path, "/search?q=đã+chạy+thử")]
    letters = db.session.scalars(select(Letter.to_email).where(Letter.kind == "text_moderated")).all()
    room.press("Show it again")

    assert [each in public for each in ("First prize", winner.organisation.name_vi, "The award stands.")] == [True] * 3
    assert [each in public for each in (summary, winner.title_vi, "Giải đúng vấn đề")] == [False] * 3
    assert summary in own
    assert not [text for text in elsewhere if winner.title_vi in text]
    assert list(letters) == [winner.author.email]
    assert summary in seen(app, None, page)
    assert Site(app).open(f"/reports/result/{made.entries[1].reference}").status == 404


def test_briefings_and_pages_of_experts_are_reported_and_hidden_in_the_same_way(app):
    challenge, operator, person = make.a_challenge(), make.an_operator(), make.a_person("Đặng Văn Giám", language="en")
    begins = clock.now() + timedelta(days=3)
    told = {"title_vi": "Gọi số 09xx", "starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    briefing = Briefing(challenge=challenge, place="Hội trường", **told)
    db.session.add(briefing)
    said = {"fields": ["ict"], "summary_vi": "Thuốc tiên chữa bách bệnh."}
    expert = write_expert(person, readers=Readers.PUBLIC, part_readers={}, **said)
    db.session.commit()
    pages = f"/challenges/{challenge.slug}/briefings/{briefing.reference}", f"/experts/{expert.reference}"

    for page, title in zip(pages, ("Gọi số 09xx", "Đặng Văn Giám"), strict=True):
        Site(app, language="en").open(page).click("Report this text").press("Send the report", reason="advertising")
        hide(app, operator, title)

    assert ["The operator took this text from sight" in seen(app, None, page) for page in pages] == [True, True]
    assert "Thuốc tiên" in seen(app, person, pages[1])
    assert "Gọi số 09xx" in seen(app, make.a_member(challenge.agency), pages[0])
    assert "Gọi số 09xx" not in seen(app, None, f"/challenges/{challenge.slug}")
    assert "Đặng Văn Giám" not in seen(app, None, "/experts")


def test_what_not_everybody_reads_cannot_be_reported(app):
    draft, invited = make.a_draft_challenge(), make.a_challenge(invited_only=True)
    closed = write_expert(make.a_person(), readers=Readers.ORGANISERS, part_readers={}, fields=["ict"])
    db.session.commit()
    things = (("challenge", draft), ("challenge", invited), ("expert", closed))

    assert [Site(app).open(f"/reports/{kind}/{each.reference}").status for kind, each in things] == [404] * 3
