"""Introductions through their pages: asked, answered in time, written by relay, and what came of them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.matching.introductions import services
from marketplace.matching.introductions.funnel import funnel
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.rules import ANSWER_DAYS, MOST_A_DAY, due_at, reminded_at
from marketplace.matching.services import suggest_partners
from marketplace.notifications.models import Letter
from marketplace.organisations.confidentiality.texts import hash_of
from marketplace.organisations.stages import Claim, Helix, Kind, Role
from marketplace.solutions.models import Partner, Solution, SolutionVersion
from marketplace.solutions.stages import Stage as SolutionStage
from marketplace.text import HANOI
from tests import make
from tests.matching import world
from tests.site import Site

PURPOSE = "Cùng làm cảnh báo ngập cho phường Láng."


class Pair:
    """A startup that asks and an institute that is asked, with somebody for each."""

    def __init__(self, app):
        self.startup = make.an_organisation("Công ty Mưa Rào")
        self.institute = make.an_organisation("Viện Nước", kind=Kind.INSTITUTE)
        self.lan = make.a_member(self.startup, Role.MEMBER, "Trần Lan", email="lan@example.vn", language="en")
        self.minh = make.a_member(self.institute, Role.MEMBER, "Lê Minh", email="minh@example.vn", language="en")
        self.asker, self.asked = (Site(app, person, language="en") for person in (self.lan, self.minh))

    def ask(self, challenge=None, **texts):
        texts = {"purpose": PURPOSE, **texts}
        found = services.ask_introduction(self.startup, self.institute, actor=self.lan, challenge=challenge, **texts)
        db.session.commit()
        return found

    def in_touch(self, **fields):
        found = self.ask(**fields)
        services.accept_introduction(found, actor=self.minh)
        db.session.commit()
        return found


@pytest.fixture
def pair(app):
    return Pair(app)


def letters(kind):
    found = select(Letter).where(Letter.kind == kind).order_by(Letter.id)
    return [(each.to_email, each.subject) for each in db.session.scalars(found)]


@pytest.mark.feature("44", "N4")
def test_a_request_is_asked_from_a_suggestion_accepted_and_written_about_without_addresses(app, pair):
    world.an_institute()
    company = world.a_flood_company()
    ngoc = make.a_member(company, name="Vũ Ngọc", language="en")
    challenge = make.a_challenge(**world.FLOODS)
    suggest_partners(challenge)

    pair.asker.open(f"/challenges/{challenge.slug}/partners").click("Ask for an introduction : Công ty Phố Khô")
    assert "For the challenge: " in pair.asker.main
    pair.asker.press("Send the request", purpose=PURPOSE)

    assert pair.asker.status == 200
    assert "The request is on its way to Công ty Phố Khô." in pair.asker.text
    found = db.session.scalars(select(Introduction)).one()
    due = due_at(found.asked_at, challenge.closes_at)
    assert (found.was_suggested, found.challenge, found.due_at) == (True, challenge, due)
    assert letters("introduction_asked") == [(ngoc.email, "Công ty Mưa Rào asks for an introduction")]
    asked = Site(app, ngoc, language="en").open("/work").click("Request of Công ty Mưa Rào")
    assert PURPOSE in asked.main
    assert "Send the message" not in asked.buttons()
    asked.press("Accept the introduction")
    asked.press("Send the message", text="Hẹn gặp thứ Hai.")
    pair.asker.open(asked.address.removeprefix("/en"))
    assert "Hẹn gặp thứ Hai." in pair.asker.main
    accepted = [("lan@example.vn", "Công ty Phố Khô accepts the introduction")]
    assert letters("introduction_answered") == accepted
    body = db.session.scalars(select(Letter.body).where(Letter.kind == "introduction_message")).one()
    assert "Hẹn gặp thứ Hai." in body
    assert "@example.vn" not in body
    assert "@" not in pair.asker.page.find(id="main").get_text()


@pytest.mark.feature("44", "N4")
def test_contacts_are_shown_only_once_both_sides_are_ready(app, pair):
    found = pair.in_touch()
    address = f"/introductions/{found.reference}"

    pair.asker.open(address).press("Show my contact")
    pair.asked.open(address)

    assert "lan@example.vn" not in pair.asker.text + pair.asked.text
    assert "Công ty Mưa Rào is ready to show its contact." in pair.asked.text
    pair.asked.press("Show my contact")
    assert "lan@example.vn" in pair.asked.text
    assert "minh@example.vn" in pair.asker.open(address).text


@pytest.mark.feature("44", "N4")
def test_who_declines_says_why_and_may_keep_the_other_from_asking_again(app, pair):
    found = pair.ask()
    address = f"/introductions/{found.reference}"

    assert pair.asked.open(address).press("Decline the introduction").status == 422
    assert pair.asked.errors == ["Choose a reason."]
    pair.asked.press("Decline the introduction", reason="no_capacity", remark="Sang năm.", blocks="y")

    assert "Declined: No time or people for it at the moment Sang năm." in pair.asker.open(address).main
    pair.asker.open(f"/organisations/{pair.institute.slug}/introduction").press("Send the request", purpose=PURPOSE)
    assert pair.asker.status == 409
    assert pair.asker.errors == ["This organisation takes no requests from yours at the moment."]
    assert pair.asker.value("purpose") == PURPOSE
    pair.asked.open("/introductions").press("Let them ask again")
    pair.asker.press("Send the request")
    assert pair.asker.errors == ["This organisation declined lately. You can ask again 90 days after its answer."]
    with clock.at(datetime.now(UTC) + timedelta(days=91)):
        assert pair.ask().is_waiting


@pytest.mark.feature("44", "N4")
def test_the_clock_reminds_once_and_ends_what_nobody_answers(app, pair):
    found = pair.ask()
    when = reminded_at(found.asked_at, found.due_at)

    with clock.at(when + timedelta(minutes=1)):
        jobs.run_waiting()
    with clock.at(found.due_at + timedelta(minutes=1)):
        assert pair.asked.open(f"/introductions/{found.reference}").status == 200
        assert "Accept the introduction" not in pair.asked.buttons()
        late = pair.asked.send(f"/introductions/{found.reference}/acceptance")
        jobs.run_waiting()

    assert late.status == 409
    assert "Not answered" in pair.asker.open("/introductions").main
    assert [to for to, _subject in letters("introduction_asked")] == ["minh@example.vn"] * 2
    assert [to for to, _subject in letters("introduction_answered")] == ["lan@example.vn"]


def test_the_time_to_answer_ends_at_the_end_of_work_or_when_the_challenge_closes():
    asked = datetime(2026, 11, 20, 9, 30, tzinfo=HANOI)

    assert due_at(asked, None) == datetime(2026, 11, 20 + ANSWER_DAYS, 17, tzinfo=HANOI)
    assert due_at(asked, asked + timedelta(days=2)) == asked + timedelta(days=2)
    assert due_at(asked, asked + timedelta(hours=2)) == asked + timedelta(hours=24)
    assert reminded_at(asked, asked + timedelta(days=2)) == asked + timedelta(days=1)


def test_requests_are_limited_by_day_and_never_doubled_whoever_asks(app, pair):
    pair.ask()
    with pytest.raises(services.NotAskable):
        services.ask_introduction(pair.institute, pair.startup, actor=pair.minh, purpose=PURPOSE)
    for _ in range(MOST_A_DAY - 1):
        other = make.an_organisation()
        services.ask_introduction(pair.startup, other, actor=pair.lan, purpose=PURPOSE)

    pair.asker.open(f"/organisations/{make.an_organisation().slug}/introduction")
    pair.asker.press("Send the request", purpose=PURPOSE)

    assert pair.asker.errors == ["Your organisation has asked five others within a day. Try again tomorrow."]
    assert "Your introduction to this organisation" in pair.asked.open(f"/organisations/{pair.startup.slug}").text


def test_hosts_of_a_challenge_without_results_are_asked_about_it_in_public_only(app, pair):
    challenge = make.a_challenge()
    make.a_member(challenge.agency)

    pair.asker.open(f"/organisations/{challenge.agency.slug}/introduction?challenge={challenge.slug}")
    pair.asker.press("Send the request", purpose=PURPOSE)

    assert pair.asker.status == 409
    assert "ask a question on its page" in pair.asker.errors[0]


@pytest.mark.feature("49")
def test_details_are_read_after_the_undertaking_and_both_sides_see_who_gave_it_when(app, pair):
    found = pair.ask(details="Giá thành 3 triệu đồng một trạm.")
    address = f"/introductions/{found.reference}"

    pair.asked.open(address)
    assert "3 triệu" not in pair.asked.html
    pair.asked.click("Read the undertaking")
    assert pair.asked.press("Give the undertaking").errors == ["Tick that you undertake it."]
    pair.asked.press("Give the undertaking", agreed="y")

    line = f"Lê Minh, {clock.now().astimezone(HANOI):%H:%M}"
    assert "Giá thành 3 triệu đồng một trạm." in pair.asked.main
    for site in (pair.asked, pair.asker.open(address)):
        assert line in site.text
        assert hash_of("2026-11")[:16] in site.text
    pair.asked.press("Accept the introduction")
    pair.asker.open(address).press("Send the message", text="Bản vẽ mạch.", in_confidence="y")
    assert pair.asker.errors == ["Give the undertaking of confidentiality first: it holds in both directions."]
    pair.asker.open(f"{address}/undertaking").press("Give the undertaking", agreed="y")
    pair.asker.press("Send the message", text="Bản vẽ mạch.", in_confidence="y")
    assert "Bản vẽ mạch." in pair.asked.open(address).main
    assert "Bản vẽ" not in " ".join(db.session.scalars(select(Letter.body)))


def test_nobody_else_reads_an_introduction_its_letters_or_the_journal_of_it_before_closing(app, pair):
    challenge = make.a_challenge()
    found = pair.in_touch(challenge=challenge, details="Bí mật.")
    services.relay_message(found, actor=pair.minh, text="Chào chị.")
    viewer = make.a_member(pair.institute, Role.VIEWER)
    operator, auditor = make.an_operator(), make.an_auditor()

    for person in (viewer, operator, auditor, make.a_person()):
        assert Site(app, person).open(f"/introductions/{found.reference}").status == 404
    outbox = Site(app, operator, language="en").open("/outbox")
    journal = Site(app, auditor, language="en").open("/journal")

    assert "Viện Nước" not in outbox.main
    assert found.reference not in journal.main
    told = " ".join(str(each.changes) + str(each.facts) for each in db.session.scalars(select(JournalEntry)))
    assert [text for text in (PURPOSE, "Bí mật.", "Chào chị.") if text in told] == []
    with clock.at(challenge.closes_at + timedelta(minutes=1)):
        assert found.reference in Site(app, auditor, language="en").open("/journal").main


def a_joint_entry(pair, challenge, stage):
    """An entry of the two, as deeds would have left it after closing."""
    now = clock.now()
    entry = Solution(
        challenge=challenge, organisation=pair.startup, author=pair.lan, title_vi="Chung", created_at=now, saved_at=now
    )
    entry.stage = stage
    partner = {"organisation": pair.institute, "inviter": pair.lan, "invited_at": now, "accepted_at": now}
    db.session.add(Partner(solution=entry, task="Đo", share_bp=5000, **partner))
    version = {"number": 1, "submitted_by": pair.lan, "received_at": now, "content": {}, "content_sha256": "0" * 64}
    db.session.add(SolutionVersion(solution=entry, idempotency_key="k", partners=[], **version))
    db.session.commit()
    return entry


@pytest.mark.feature("51", "N4")
def test_the_funnel_counts_for_each_pair_of_houses_what_both_sides_said(app, pair, visitor):
    found = pair.in_touch()
    address = f"/introductions/{found.reference}"
    other = make.an_organisation("Công ty Khác")
    services.ask_introduction(pair.startup, other, actor=pair.lan, purpose=PURPOSE)
    challenge = make.a_challenge(stage=ChallengeStage.JUDGING)
    a_joint_entry(pair, challenge, SolutionStage.AWARDED)

    today = clock.now().astimezone(HANOI).date()
    pair.asker.open(address).press("We have met")
    pair.asker.press("We have signed a contract", happened_on=(today + timedelta(days=1)).isoformat())
    assert pair.asker.errors == ["Choose a day after the introduction, not in the future."]
    pair.asker.press("We have signed a contract", happened_on=today.isoformat())

    assert counts(Helix.ACADEMIA) == {"asked": 1, "accepted": 1, "met_one_side": 1, "contracts_one_side": 1}
    pair.asked.open(address).press("We have met")
    pair.asked.press("Confirm the contract")
    challenge.stage = ChallengeStage.RESULTS_PUBLISHED
    db.session.commit()
    whole = {"asked": 1, "accepted": 1, "met": 1, "contracts": 1, "joint_entries": 1, "awards": 1}
    assert counts(Helix.ACADEMIA) == whole
    assert counts(Helix.BUSINESS) == {"asked": 1, "waiting": 1}
    page = Site(app, language="en").open("/matching/funnel")
    assert "Academia – Business 1 0 1 1 1 1 1" in page.main
    lines = visitor.open("/en/matching/funnel.csv").body.decode("utf-8-sig").splitlines()
    assert lines[1:] == ["Academia – Business,1,0,1,1,1,1,1,0,0,0,0,0", "Business – Business,1,0,0,0,0,0,0,1,0,0,0,0"]
    old = db.session.scalar(select(Introduction).where(Introduction.asked == other))
    old.asked_at = datetime(2024, 12, 31, 18, tzinfo=UTC)  # New Year's Day in Hanoi
    db.session.commit()
    page.open("/matching/funnel").press("Show", year="2025")
    assert "Business – Business" in page.main
    assert "Academia – Business" not in page.main
    assert page.click("The same as CSV").body.decode("utf-8-sig").splitlines()[1:] == lines[2:]


def counts(one):
    row = next(each for each in funnel() if each.one == one)
    return {name: number for name, number in row.counts.items() if number}


def test_a_request_is_taken_back_and_a_contact_ended_and_then_nobody_writes(app, pair):
    first = pair.ask()
    pair.asker.open(f"/introductions/{first.reference}").press("Take the request back")
    assert pair.asked.send(f"/introductions/{first.reference}/acceptance").status == 409
    second = pair.in_touch()

    pair.asked.open(f"/introductions/{second.reference}").press("End the contact")

    assert pair.asker.send(f"/introductions/{second.reference}/messages", text="Còn đó không?").status == 409
    assert pair.asker.open(f"/introductions/{second.reference}/acceptance").status == 405
    unclaimed = make.an_organisation()
    unclaimed.claim = Claim.UNCLAIMED
    for nobody_there in (pair.startup, unclaimed):
        assert pair.asker.open(f"/organisations/{nobody_there.slug}/introduction").status == 404
