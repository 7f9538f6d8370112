"""What was received before an amendment counts only when its owner confirms it or sends anew."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.amending.services import give_reason, prepare_amendment, publish_amendment
from marketplace.db import db, token
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from marketplace.solutions.confirming.duties import unconfirmed
from marketplace.solutions.confirming.models import Acknowledgement
from tests import make
from tests.queries import count_queries
from tests.site import Site
from tests.solutions.entries import a_solution, an_empty_solution


class Change:
    """An amendment as far as the rule looks at it."""

    def __init__(self, number, is_material, day):
        self.id, self.is_material, self.published_at = number, is_material, DAYS[day]


DAYS = [clock.now() + timedelta(days=number) for number in range(10)]


@pytest.fixture
def solution(app):
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố")))


def send(solution):
    services.submit_solution(solution, actor=solution.author, idempotency_key=token())
    db.session.commit()


def amend(challenge, **changes):
    manager = make.a_member(challenge.agency, Role.MANAGER)
    amendment = prepare_amendment(challenge, actor=manager, **(changes or {"users_vi": f"Sau {clock.now()}"}))
    give_reason(amendment, actor=manager, reason_vi="Rõ hơn.", reason_en=None)
    publish_amendment(amendment, actor=manager)
    db.session.commit()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9))), st.integers(0, 9), st.sets(st.integers(0, 20)))
def test_only_later_changes_of_substance_wait_for_a_word(told, day, confirmed):
    amendments = [Change(number, *each) for number, each in enumerate(told)]

    waiting = unconfirmed(amendments, received_at=DAYS[day], confirmed=confirmed)

    assert all(each.is_material and each.published_at > DAYS[day] and each.id not in confirmed for each in waiting)
    assert unconfirmed(amendments, received_at=DAYS[day], confirmed={each.id for each in amendments}) == []
    assert unconfirmed(amendments, received_at=DAYS[9], confirmed=set()) == []


@pytest.mark.feature("15", "N10")
def test_the_owner_reads_the_amendment_and_confirms_what_was_received(app, solution):
    send(solution)
    amend(solution.challenge)

    site = Site(app, solution.author, language="en").open("/work")
    assert "Solutions to confirm after an amendment" in site.main
    site.click(solution.title_vi)
    assert "What was received counts only when you confirm it" in site.main
    assert (
        "Added:"
        in Site(app, solution.author, language="en").open(site.address.removeprefix("/en")).click("Amendment 1").main
    )
    site.press("Confirm it as received")

    assert "Confirmed: what was received stands as it is." in site.text
    assert "Confirm it as received" not in site.buttons()
    assert "Solutions to confirm" not in Site(app, solution.author, language="en").open("/work").main
    letter = db.session.scalars(select(Letter).where(Letter.kind == "solution_confirmed")).one()
    assert letter.sealed_until == solution.challenge.closes_at
    site.send(f"/solutions/{solution.reference}/confirmation")
    assert len(db.session.scalars(select(Acknowledgement)).all()) == 1


@pytest.mark.feature("15", "N10")
def test_sending_a_new_version_confirms_too(app, solution):
    send(solution)
    amend(solution.challenge)
    services.save_solution(solution, actor=solution.author, team="Mười hai kỹ sư.")
    db.session.commit()

    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/check")
    assert "Missing: the terms accepted again, after an amendment" in site.main
    site.click("Missing: the terms accepted again").press("Accept", accepts="y", certifies="y")
    site.open(f"/solutions/{solution.reference}/check").press("Submit")

    assert len(solution.versions) == 2
    assert "Confirm it as received" not in site.open(f"/solutions/{solution.reference}").buttons()


def test_a_later_closing_or_a_draft_needs_no_confirmation(app, solution):
    draft = an_empty_solution(solution.challenge, make.a_member(make.an_organisation()))
    send(solution)
    amend(solution.challenge, closes_at=solution.challenge.closes_at + timedelta(days=1))
    amend(solution.challenge, closes_at=solution.challenge.closes_at + timedelta(days=2))

    pages = [Site(app, each.author, language="en").open(f"/solutions/{each.reference}") for each in (solution, draft)]

    assert ["Confirm it as received" in page.buttons() for page in pages] == [False, False]


@pytest.mark.feature("N10")
def test_what_was_not_confirmed_is_marked_for_the_secretary_after_closing(app, solution):
    send(solution)
    challenge, official = solution.challenge, make.a_member(solution.challenge.agency, name="Nguyễn Thị Lan")
    confirmed = a_solution(challenge, make.a_member(make.an_organisation("Công ty Đã Đọc")))
    send(confirmed)
    amend(challenge)
    Site(app, confirmed.author, language="en").open(f"/solutions/{confirmed.reference}").press("Confirm it as received")

    with clock.at(challenge.closes_at):
        listed = Site(app, official, language="en").open(f"/challenges/{challenge.slug}/solutions")
        rows = {each.get_text(" ", strip=True) for each in listed.page.select("tbody tr")}
        read = Site(app, official, language="en").open(f"/solutions/{solution.reference}").main
        own = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}").main
        forced = Site(app, official).send(f"/solutions/{solution.reference}/admission").status
        counted = Site(app, official).send(f"/solutions/{confirmed.reference}/admission").status

    assert [("Công ty Đã Đọc" in row, "Not confirmed" in row) for row in sorted(rows, key=len)] == [
        (True, False),
        (False, True),
    ]
    assert "By the rule that stands on the amendment it does not count." in read
    assert "It is eligible" not in read
    assert (forced, counted) == (409, 200)
    assert "Not confirmed after an amendment" in own


def test_nobody_else_confirms_and_nobody_after_closing(app, solution):
    send(solution)
    amend(solution.challenge)
    place = f"/solutions/{solution.reference}/confirmation"
    viewer = make.a_person("Vũ Chỉ Xem")
    from marketplace.organisations.models import Membership

    db.session.add(
        Membership(person=viewer, organisation=solution.organisation, role=Role.VIEWER, given_at=clock.now())
    )
    db.session.commit()

    assert Site(app, make.a_person()).send(place).status == 404
    assert Site(app, viewer).send(place).status == 403
    with clock.at(solution.challenge.closes_at):
        assert Site(app, solution.author).send(place).status == 409
    assert db.session.scalars(select(Acknowledgement)).all() == []


def test_a_list_of_entries_asks_as_often_for_one_as_for_three(app, solution):
    minh, counts = solution.author, []
    send(solution)
    for _number in range(3):
        with count_queries() as counted:
            Site(app, minh).open("/solutions")
        counts.append(len(counted))
        challenge = make.a_challenge()
        send(a_solution(challenge, minh))
        amend(challenge)

    assert counts[0] == counts[2]
