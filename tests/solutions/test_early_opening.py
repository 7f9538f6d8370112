"""Opening before closing: two houses, their reasons, the end of the time for solutions, a letter to everybody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.audit.queries import entries, latest_closing
from marketplace.challenges.amending.outages import moves
from marketplace.challenges.models import Challenge
from marketplace.db import db, token
from marketplace.notifications.models import Letter
from marketplace.notifications.queries import kinds_written
from marketplace.notifications.reminders import remind_entrants
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from marketplace.solutions.early.models import EarlyOpening
from tests import make
from tests.judging.test_at_once import press_at_once
from tests.site import Site
from tests.solutions.entries import PDF, a_solution


@pytest.fixture
def challenge(app):
    now = clock.now().replace(second=0, microsecond=0)
    return make.a_challenge(make.an_agency("Sở Thoát nước"), closes_at=now + timedelta(days=10))


@pytest.fixture
def manager(challenge):
    return make.a_member(challenge.agency, Role.MANAGER, "Hoàng Văn Ký")


def asked(app, challenge, manager):
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}").click("Open before closing")
    site.press("Ask the operator", reason="Mọi đơn vị được mời đã nộp.")
    return db.session.scalars(select(EarlyOpening)).one()


def sent(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/edit/attachments")
    site.press("Attach", files={"files": PDF})
    site.open(f"/solutions/{solution.reference}/check").press("Submit")
    return f"/solutions/{solution.reference}/files/{solution.attachments[0].file.reference}"


@pytest.mark.feature("32")
def test_two_houses_open_before_closing_and_only_the_second_word_opens_anything(app, challenge, manager):
    operator, official = make.an_operator(), make.a_member(challenge.agency, name="Nguyễn Thị Lan")
    solution = a_solution(challenge, make.a_member(make.an_organisation("Công ty Mưa Phố")))
    draft = a_solution(challenge, make.a_member(make.an_organisation("Công ty Chưa Nộp")))
    place, promised = sent(app, solution), challenge.closes_at
    asked(app, challenge, manager)

    sealed = [Site(app, person).open(place).status for person in (manager, official, operator)]
    assert (sealed, kinds_written(at=clock.database_now())) == ([404, 404, 404], ["early_opening_asked"])
    site = Site(app, operator, language="en").open("/work").click(challenge.title_en)
    assert "Mọi đơn vị được mời đã nộp." in site.main
    assert site.press("End the time and open now", reason=" ").errors == ["Give the reasons."]
    site.press("End the time and open now", reason="Đã kiểm tra với từng đơn vị.")

    for reason in ("Mọi đơn vị được mời đã nộp.", "Đã kiểm tra với từng đơn vị."):
        assert reason in Site(app).open(f"/challenges/{challenge.slug}").main
    assert [Site(app, person).open(place).status for person in (manager, official, operator)] == [200, 200, 404]
    late = Site(app, draft.author, language="en")
    assert late.send(f"/solutions/{draft.reference}/versions", idempotency_key=token()).status == 409
    told = db.session.scalars(select(Letter).where(Letter.kind == "challenge_opened_early")).all()
    assert {letter.to_email for letter in told} == {solution.author.email, draft.author.email}
    assert "receipt" in kinds_written(at=clock.database_now())
    seen = {entry.event for entry in db.session.scalars(entries())}
    assert {"EarlyOpeningProposed", "EarlyOpeningConfirmed", "SolutionSubmitted"} <= seen
    services.close_challenge(challenge)
    assert latest_closing(challenge.reference, since=challenge.closes_at) is not None
    # an outage around the new closing does not open it again
    now = clock.database_now()
    assert moves(challenge.closes_at - timedelta(hours=1), challenge.closes_at + timedelta(minutes=1), at=now) == []
    assert challenge.opened_early_at == challenge.closes_at < promised


def test_nobody_else_and_nobody_twice_opens_before_closing(app, challenge, manager):
    both = make.an_operator("Người Hai Vai")
    db.session.add(make.Membership(person=both, organisation=challenge.agency, role=Role.MANAGER, given_at=clock.now()))
    second = make.a_member(challenge.agency, Role.MANAGER, "Trịnh Thứ Hai")
    place = f"/challenges/{challenge.slug}/early-opening"
    strangers = (make.a_person(), make.a_member(challenge.agency), make.an_operator("Chưa Được Hỏi"), make.an_auditor())
    assert [Site(app, person).open(place).status for person in strangers] == [404, 404, 404, 404]
    asked(app, challenge, both)

    refused = [
        Site(app, person).send(f"{place}/confirmation", reason="Vội.").status for person in (both, second, strangers[1])
    ]

    assert refused == [403, 403, 404]
    assert Site(app, manager).send(place, reason="Lần nữa.").status == 409
    assert db.session.get(Challenge, challenge.id).opened_early_at is None


def test_what_was_refused_or_came_too_late_opens_nothing(app, challenge, manager):
    operator = make.an_operator()
    asked(app, challenge, manager)
    place = f"/challenges/{challenge.slug}/early-opening"
    Site(app, operator, language="en").open(place).press("Refuse")
    assert Site(app, operator).send(f"{place}/confirmation", reason="Muộn.").status == 404

    Site(app, manager, language="en").open(place).press("Ask the operator", reason="Lần hai.")
    with clock.at(challenge.closes_at):
        assert "Nothing is sealed now." in Site(app, operator, language="en").open(place).main
        assert Site(app, operator).send(f"{place}/confirmation", reason="Muộn.").status == 409
    db.session.refresh(challenge)
    assert challenge.opened_early_at is None


@pytest.mark.feature("N12")
def test_entrants_are_reminded_before_closing_and_nobody_else_hears_of_it(app, challenge):
    incomplete = a_solution(challenge, make.a_member(make.an_organisation("Công ty Thiếu"), language="en"), team=None)
    done = a_solution(challenge, make.a_member(make.an_organisation("Công ty Xong")))
    sent(app, done)
    operator = make.an_operator()

    def letters_at(moment):
        with clock.at(moment):
            for _twice in range(2):
                remind_entrants()
                db.session.commit()
                jobs.run_waiting()
            assert "closing_soon" not in kinds_written(at=clock.database_now())
            assert "0 letters" in Site(app, operator, language="en").open("/outbox?kind=closing_soon").main
        return db.session.scalars(select(Letter).where(Letter.kind == "closing_soon").order_by(Letter.id)).all()

    assert letters_at(challenge.closes_at - timedelta(days=4)) == []
    first = letters_at(challenge.closes_at - timedelta(days=2))
    last = letters_at(challenge.closes_at - timedelta(hours=20))

    assert [len(first), len(last)] == [1, 2]
    assert {letter.to_email for letter in last} == {incomplete.author.email}
    assert "- the team" in first[0].body


@pytest.mark.each_database
def test_pressed_at_once_it_is_opened_once(app, challenge, manager):
    operator, follower = make.an_operator(), make.a_person()
    Site(app, follower, language="en").open(f"/challenges/{challenge.slug}").press("Follow this challenge")
    asked(app, challenge, manager)

    place = f"/challenges/{challenge.slug}/early-opening/confirmation"
    statuses = press_at_once(app, operator, place, reason="Đã kiểm tra.")

    assert statuses == [303, 409, 409, 409]
    told = db.session.scalars(select(Letter).where(Letter.kind == "challenge_opened_early")).all()
    assert [letter.to_email for letter in told] == [follower.email]
