"""Questions in public: anonymous, answered to all, merged, moderated, counted."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.asking.models import Follower, Question
from marketplace.challenges.asking.services import MOST_WAITING
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.text import HANOI, format_moment
from tests import make
from tests.queries import count_queries
from tests.site import Site
from tests.solutions.entries import an_empty_solution


@pytest.fixture
def challenge(app):
    return make.a_challenge(make.an_agency("Sở Thoát nước"))


@pytest.fixture
def official(challenge):
    return make.a_member(challenge.agency, name="Nguyễn Thị Lan", email="lan@example.vn")


@pytest.fixture
def asker(app):
    return make.a_member(make.an_organisation("Công ty Mưa Phố"), name="Chu Tò Mò", email="to-mo@example.vn")


def ask(app, challenge, person, text="Is rain radar data available?"):
    site = Site(app, person, language="en").open(f"/challenges/{challenge.slug}/questions")
    return site.press("Send the question", text=text)


def answer(app, challenge, official, number=1, **typed):
    site = Site(app, official, language="en").open(f"/challenges/{challenge.slug}/questions/{number}")
    return site.press("Publish the answer", **{"answer_en": "Yes, every 5 minutes.", **typed})


@pytest.mark.feature("13")
def test_a_question_is_answered_to_everybody_and_nobody_learns_who_asked(app, challenge, official, asker):
    asked = ask(app, challenge, asker)
    assert "Your question was sent." in asked.text

    handled = Site(app, official, language="en").open("/work").click(challenge.title_en)
    assert "1 question waits" in Site(app, official, language="en").open("/work").main
    handled.click("Handle question 1").press("Publish the answer", answer_en="Yes, every 5 minutes.")

    visitor = Site(app, language="en").open(f"/challenges/{challenge.slug}").click("Read or ask questions")
    assert "Is rain radar data available?" in visitor.main
    assert "Yes, every 5 minutes." in visitor.main
    seen = [
        Site(app, person, language="en").open(address).html
        for person in (official, make.an_operator(), make.an_auditor(), make.a_person())
        for address in (f"/challenges/{challenge.slug}/questions", f"/challenges/{challenge.slug}", "/journal")
    ]
    assert [html for html in seen if "Chu Tò Mò" in html or "to-mo@" in html or asker.reference in html] == []


@pytest.mark.feature("13")
def test_until_it_is_answered_only_the_number_of_waiting_questions_is_public(app, challenge, official, asker):
    ask(app, challenge, asker)

    visitor = Site(app, language="en").open(f"/challenges/{challenge.slug}/questions")

    assert "1 question waits for an answer." in visitor.main
    assert "rain radar" not in visitor.main
    assert Site(app, make.a_person()).open(f"/challenges/{challenge.slug}/questions/1").status == 404
    assert "Asked by you" in Site(app, asker, language="en").open(f"/challenges/{challenge.slug}/questions").main


@pytest.mark.feature("13")
def test_questions_end_five_days_before_closing_unless_the_agency_said_otherwise(app, challenge, asker):
    site = Site(app, asker, language="en").open(f"/challenges/{challenge.slug}/questions")
    with clock.at(challenge.closes_at - timedelta(days=5)):
        late = site.press("Send the question", text="Too late?")
        closed = Site(app, asker, language="en").open(f"/challenges/{challenge.slug}/questions")

    assert (late.status, late.errors) == (409, ["The time for questions is over."])
    assert "Questions were taken until" in closed.main
    assert "Send the question" not in closed.buttons()
    assert db.session.scalars(select(Question)).all() == []


def test_the_agency_says_before_publication_until_when_one_may_ask(app):
    agency = make.an_agency()
    manager, draft = make.a_member(agency, Role.MANAGER), make.a_draft_challenge(agency)
    site = Site(app, manager, language="en").open(f"/challenges/{draft.slug}/edit").click("While it is open")

    chosen = draft.closes_at - timedelta(days=1)

    site.press("Save", questions_close_at=f"{chosen.astimezone(HANOI):%Y-%m-%dT%H:%M}", shows_numbers="y")

    assert f"Questions are taken until {format_moment(chosen, 'en')}." in site.main
    member = make.a_member(agency)
    assert Site(app, member).open(f"/challenges/{draft.slug}/open-terms").status == 403
    published = make.a_challenge(agency)
    refused = Site(app, manager).send(f"/challenges/{published.slug}/open-terms", questions_close_at="")
    assert refused.status == 409


@pytest.mark.feature("13")
def test_the_same_question_leads_to_the_answer_that_was_given(app, challenge, official, asker):
    ask(app, challenge, asker)
    ask(app, challenge, make.a_person(), "Có số liệu ra đa không?")
    answer(app, challenge, official)
    page = Site(app, official, language="en").open(f"/challenges/{challenge.slug}/questions/2")

    wrong = page.press("Lead to that answer", number="2")
    assert (wrong.status, wrong.errors) == (
        422,
        ["Choose another question that has an answer of its own."],
    )
    page.press("Lead to that answer", number="1")

    visitor = Site(app, language="en").open(f"/challenges/{challenge.slug}/questions")
    assert "Same as question 1" in visitor.main
    assert "waits for an answer" not in visitor.main


def test_an_answer_may_be_given_in_both_languages_with_the_question_translated(app, challenge, official, asker):
    ask(app, challenge, asker)

    answer(app, challenge, official, answer_vi="Có, 5 phút một lần.", translation="Có số liệu ra đa mưa không?")

    vietnamese = Site(app).open(f"/challenges/{challenge.slug}/questions").main
    english = Site(app, language="en").open(f"/challenges/{challenge.slug}/questions").main
    assert "Có số liệu ra đa mưa không?" in vietnamese
    assert "Có, 5 phút một lần." in vietnamese
    assert "Is rain radar data available?" in english


def test_an_answer_needs_a_text_and_keeps_what_was_typed(app, challenge, official, asker):
    ask(app, challenge, asker)

    site = answer(app, challenge, official, answer_en=" ", translation="Có không?")

    assert (site.status, site.errors) == (422, ["Write the answer in Vietnamese or in English."])
    assert site.value("translation") == "Có không?"


@pytest.mark.feature("13")
def test_asker_followers_and_who_works_on_a_solution_get_the_same_sealed_letter(app, challenge, official, asker):
    follower = make.a_person(email="theo-doi@example.vn")
    Site(app, follower, language="en").open(f"/challenges/{challenge.slug}").press("Follow this challenge")
    an_empty_solution(challenge, make.a_member(make.an_organisation(), email="viet@example.vn"))
    ask(app, challenge, asker)
    operator = make.an_operator()

    answer(app, challenge, official)

    letters = db.session.scalars(select(Letter).where(Letter.kind == "challenge_answered")).all()
    assert {each.to_email for each in letters} == {"theo-doi@example.vn", "viet@example.vn", "to-mo@example.vn"}
    # but for the link that ends the letters, which is each reader's own
    assert len({re.sub(r"/stop-letters/\S+", "", each.body.split(",", 1)[1]) for each in letters}) == 1
    before = Site(app, operator, language="en").open("/outbox").main
    assert "@example.vn" not in before.replace(operator.email, "")
    assert "0 letters" in before


def test_answering_again_corrects_the_answer_without_another_letter(app, challenge, official, asker):
    ask(app, challenge, asker)
    answer(app, challenge, official)

    answer(app, challenge, official, answer_en="Yes, every 10 minutes.")

    assert "every 10 minutes" in Site(app, language="en").open(f"/challenges/{challenge.slug}/questions").main
    assert len(db.session.scalars(select(Letter).where(Letter.kind == "challenge_answered")).all()) == 1


@pytest.mark.feature("13")
def test_the_operator_takes_a_question_away_with_reasons_that_are_journaled(app, challenge, asker):
    ask(app, challenge, asker, "Ông X ở Sở là ai?")
    site = Site(app, make.an_operator(), language="en").open(f"/challenges/{challenge.slug}/questions/1")

    refused = site.press("Take the question away", reasons=" ")
    assert (refused.status, refused.errors) == (422, ["Give the reasons."])
    refused.press("Take the question away", reasons="Nêu tên cá nhân.")

    public = Site(app, language="en").open(f"/challenges/{challenge.slug}/questions").main
    assert "Ông X" not in public
    assert "waits for an answer" not in public
    assert "Nêu tên cá nhân." in Site(app, asker).open(f"/challenges/{challenge.slug}/questions").main
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "QuestionRemoved")).one()
    assert line.facts == {"reasons": "Nêu tên cá nhân."}
    letter = db.session.scalars(select(Letter).where(Letter.kind == "question_removed")).one()
    assert "Nêu tên cá nhân." in letter.body


def test_who_may_not_do_what(app, challenge, official, asker):
    ask(app, challenge, asker)
    place = f"/challenges/{challenge.slug}/questions"
    stranger, operator = Site(app, make.a_person()), Site(app, make.an_operator())

    assert Site(app, official).send(place, text="Tự hỏi?").status == 403
    assert stranger.send(f"{place}/1/answer", answer_vi="Có").status == 404
    assert stranger.send(f"{place}/1/removal", reasons="Không thích").status == 404
    assert operator.send(f"{place}/1/answer", answer_vi="Có").status == 403
    assert Site(app, official).send(f"{place}/1/removal", reasons="Khó trả lời").status == 403
    assert Site(app).open(f"/challenges/{make.a_draft_challenge().slug}/questions").status == 404


def test_one_person_does_not_flood_an_agency(app, challenge, asker):
    for number in range(MOST_WAITING):
        ask(app, challenge, asker, f"Câu {number}?")

    site = ask(app, challenge, asker, "Câu nữa?")

    assert (site.status, site.errors) == (422, ["Wait until some of your questions are answered."])
    assert site.value("text") == "Câu nữa?"


def test_following_twice_is_following_once_and_it_can_be_ended(app, challenge):
    person = make.a_person()
    site = Site(app, person, language="en").open(f"/challenges/{challenge.slug}").press("Follow this challenge")
    site.send(f"/challenges/{challenge.slug}/following")
    assert len(db.session.scalars(select(Follower)).all()) == 1
    assert challenge.title_en in Site(app, person, language="en").open("/work").main

    site.open(f"/challenges/{challenge.slug}").press("Stop following")

    assert db.session.scalars(select(Follower)).all() == []


def test_the_list_of_questions_asks_the_database_as_often_for_one_as_for_three(app, challenge, official):
    counts = []
    for number in range(3):
        ask(app, challenge, make.a_person(), f"Câu {number}?")
        answer(app, challenge, official, number + 1)
        with count_queries() as counted:
            Site(app, official).open(f"/challenges/{challenge.slug}/questions")
        counts.append(len(counted))

    assert counts[0] == counts[2]
