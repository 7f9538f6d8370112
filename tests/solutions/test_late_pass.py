"""A later closing for one entrant: two people, a code, the database's clock, and the seal until the last of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db, token
from marketplace.errors import WrongStage
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from marketplace.solutions.late.models import LatePass
from marketplace.text import HANOI
from tests import make
from tests.site import Site
from tests.solutions.entries import a_received_solution, a_solution

MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def challenge(app):
    now = clock.now().replace(second=0, microsecond=0)
    return make.a_challenge(make.an_agency("Sở Thoát nước"), closes_at=now + timedelta(days=10))


@pytest.fixture
def manager(challenge):
    return make.a_member(challenge.agency, Role.MANAGER, "Hoàng Văn Ký")


@pytest.fixture
def second(challenge):
    return make.a_member(challenge.agency, Role.MANAGER, "Trịnh Thứ Hai")


def typed(moment):
    return f"{moment.astimezone(HANOI):%Y-%m-%dT%H:%M}"


def propose(app, challenge, manager, until=None, **fields):
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}").click("Give a single entrant")
    until = until or challenge.closes_at + timedelta(days=2)
    return site.press("Propose", until=typed(until), reason="Nhà mạng mất kết nối.", **fields)


def given(app, challenge, manager, second, **fields):
    propose(app, challenge, manager, **fields)
    late_pass = db.session.scalars(select(LatePass).order_by(LatePass.id.desc())).first()
    site = Site(app, second, language="en").open("/work").click(challenge.title_en)
    site.press(f"Approve {late_pass.reference}")
    db.session.refresh(late_pass)
    return late_pass


def use(app, solution, code):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")
    return site.click("The agency gave us a code").press("Use the code", code=code)


@pytest.mark.feature("31")
def test_two_people_give_a_later_closing_and_the_entrant_sends_after_everybodys(app, challenge, manager, second):
    solution = a_solution(challenge, make.a_member(make.an_organisation("Công ty Mưa Phố")))
    late_pass = given(app, challenge, manager, second)

    with clock.at(challenge.closes_at + timedelta(hours=1)):
        site = use(app, solution, late_pass.code.lower())
        assert "You can send your solution until the later closing." in site.text
        site.open(f"/solutions/{solution.reference}/check").press("Submit")

    assert "Your solution was received" in site.main
    assert (late_pass.proposed_by, late_pass.approved_by) == (manager, second)


@pytest.mark.feature("31", "T-086")
def test_the_later_closing_is_decided_to_the_millisecond_and_only_for_who_has_the_code(app, challenge, manager, second):
    solution = a_solution(challenge, make.a_member(make.an_organisation()))
    other = a_solution(challenge, make.a_member(make.an_organisation()))
    late_pass = given(app, challenge, manager, second)
    use(app, solution, late_pass.code)

    def taken(entry, at):
        with clock.at(at):
            try:
                services.submit_solution(entry, actor=entry.author, idempotency_key=token())
                return True
            except WrongStage:
                return False
            finally:
                db.session.rollback()

    assert taken(solution, late_pass.until - timedelta(seconds=1))
    assert not taken(solution, late_pass.until)
    assert not taken(solution, late_pass.until + MILLISECOND)
    assert not taken(other, challenge.closes_at)


@pytest.mark.feature("31", "32")
def test_nothing_is_opened_before_the_last_closing_and_nobody_learns_who_has_a_code(app, challenge, manager, second):
    early = a_received_solution(challenge, make.a_member(make.an_organisation("Công ty Sớm")))
    solution = a_solution(challenge, make.a_member(make.an_organisation("Công ty Muộn")))
    late_pass = given(app, challenge, manager, second)
    people = {"manager": manager, "operator": make.an_operator(), "auditor": make.an_auditor()}
    pages = ("/journal", "/outbox", "/work", f"/challenges/{challenge.slug}", f"/challenges/{challenge.slug}/solutions")
    pages += (f"/challenges/{challenge.slug}/late-passes",)

    def shown(at):
        with clock.at(at):
            seen = [Site(app, each, language="en").open(page) for each in people.values() for page in pages]
            seen += [Site(app, manager).open(f"/solutions/{early.reference}")]
        names = ("Công ty Sớm", "Công ty Muộn", solution.reference)
        return [name for name in names if any(name in site.main for site in seen if site.status == 200)]

    before = [site_html(app, manager, page, challenge.closes_at) for page in pages[3:]]
    use(app, solution, late_pass.code)
    assert [site_html(app, manager, page, challenge.closes_at) for page in pages[3:]] == before
    assert shown(challenge.closes_at) == []
    assert "Công ty Sớm" in shown(late_pass.until)
    assert Site(app, manager).send(f"/challenges/{challenge.slug}/screening").status == 409


def site_html(app, person, page, at):
    with clock.at(at):
        return Site(app, person, language="en").open(page).main


@pytest.mark.feature("31")
def test_afterwards_everybody_reads_how_many_there_were(app, challenge, manager, second):
    solution = a_solution(challenge, make.a_member(make.an_organisation()))
    late_pass = given(app, challenge, manager, second)
    use(app, solution, late_pass.code)

    with clock.at(late_pass.until - MILLISECOND * 1000):
        before = Site(app, language="en").open(f"/challenges/{challenge.slug}").main
    with clock.at(late_pass.until):
        after = Site(app, language="en").open(f"/challenges/{challenge.slug}").main

    assert "later closing" not in before
    assert "1 later closing was given to single entrants. Used: 1; received by it: 0;" in after
    lines = db.session.scalars(select(JournalEntry).where(JournalEntry.event.like("LatePass%"))).all()
    assert {each.event for each in lines} == {"LatePassProposed", "LatePassApproved", "LatePassUsed"}
    assert [each for each in lines if late_pass.code in str(each.changes) + str(each.facts)] == []


def test_one_code_is_for_as_many_as_was_said(app, challenge, manager, second):
    solutions = [a_solution(challenge, make.a_member(make.an_organisation())) for _number in range(3)]
    late_pass = given(app, challenge, manager, second, most_uses="2")

    statuses = [use(app, each, late_pass.code).status for each in solutions]

    assert statuses == [200, 200, 422]


def test_a_wrong_code_and_an_unapproved_one_are_refused(app, challenge, manager):
    solution = a_solution(challenge, make.a_member(make.an_organisation()))
    propose(app, challenge, manager)
    late_pass = db.session.scalars(select(LatePass)).one()

    for code in (late_pass.code, "MA-SAI"):
        site = use(app, solution, code)
        assert (site.status, site.errors) == (422, ["This code cannot be used here. Check it, or ask the agency."])


def test_who_proposes_does_not_approve_and_outsiders_see_nothing(app, challenge, manager):
    propose(app, challenge, manager)
    late_pass = db.session.scalars(select(LatePass)).one()
    place = f"/challenges/{challenge.slug}/late-passes"
    member = make.a_member(challenge.agency)

    assert Site(app, manager).send(f"{place}/{late_pass.reference}/approval").status == 403
    assert Site(app, member).send(f"{place}/{late_pass.reference}/approval").status == 403
    assert Site(app, make.a_person()).open(place).status == 404
    operator = Site(app, make.an_operator(), language="en").open(place)
    assert late_pass.code not in operator.press(f"Approve {late_pass.reference}").html
    assert Site(app, make.an_operator()).open(place).status == 404
    db.session.refresh(challenge)
    assert challenge.sealed_until == late_pass.until


def test_a_later_closing_is_later_and_not_much_later(app, challenge, manager):
    for days in (-1, 15):
        site = propose(app, challenge, manager, until=challenge.closes_at + timedelta(days=days))
        assert (site.status, site.errors) == (
            422,
            ["Choose a time after everybody's closing, at most 14 days later."],
        )
    assert db.session.scalars(select(LatePass)).all() == []
