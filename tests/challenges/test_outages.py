"""An outage moves every deadline inside it by the rule, and nothing that was sealed opens at the old time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.amending.models import Amendment, Outage
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.text import HANOI
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution, received

# a working day in the future, so that nothing else is over
DAY = (datetime.now(UTC) + timedelta(days=5)).astimezone(HANOI).replace(hour=0, minute=0, second=0, microsecond=0)


def on(hour, minute=0):
    return (DAY + timedelta(hours=hour, minutes=minute)).astimezone(UTC)


def typed(moment):
    return f"{moment.astimezone(HANOI):%Y-%m-%dT%H:%M}"


@pytest.fixture
def operator(app):
    return make.an_operator()


def preview(app, operator, began, ended):
    site = Site(app, operator, language="en").open("/work").click("Record an outage of the platform")
    return site.press("See what would move", began_at=typed(began), ended_at=typed(ended))


def record(app, operator, began, ended):
    site = preview(app, operator, began, ended)
    return site.press("Record and move the deadlines", note="Mất điện trung tâm dữ liệu.")


@pytest.mark.feature("N10")
def test_deadlines_inside_move_to_six_hours_after_recovery_with_one_notice_each(app, operator):
    inside = make.a_challenge(closes_at=on(9, 30))
    after_recovery = make.a_challenge(closes_at=on(11, 30))
    outside = make.a_challenge(closes_at=on(12, 30))
    follower = make.a_person(email="theo-doi@example.vn")
    Site(app, follower, language="en").open(f"/challenges/{inside.slug}").press("Follow this challenge")

    with clock.at(on(11)):
        seen = preview(app, operator, on(9), on(10))
        assert ("16:00" in seen.main, db.session.scalars(select(Outage)).all()) == (True, [])
        site = record(app, operator, on(9), on(10))

    db.session.expire_all()
    assert [each.closes_at for each in (inside, after_recovery, outside)] == [on(16), on(16), on(12, 30)]
    letters = db.session.scalars(select(Letter).where(Letter.kind == "challenge_amended")).all()
    assert [each.to_email for each in letters] == ["theo-doi@example.vn"]
    assert "The outage is recorded" in site.text
    public = Site(app, language="en").open("/outages")
    assert "Mất điện trung tâm dữ liệu." in public.main
    assert "by the rule on outages" in public.click(inside.title_en).main
    assert {each.is_material for each in db.session.scalars(select(Amendment))} == {False}


@pytest.mark.feature("N10", "32")
def test_a_deadline_that_passed_meanwhile_is_open_again_and_sealed_again(app, operator):
    challenge = make.a_challenge(closes_at=on(9, 30))
    official = make.a_member(challenge.agency)
    solution = a_solution(challenge, make.a_member(make.an_organisation("Công ty Kín")))
    received(solution)

    with clock.at(on(10, 5)):
        record(app, operator, on(9), on(10))
        listed = Site(app, official, language="en").open(f"/challenges/{challenge.slug}/solutions").main
        own = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}").main
        journal = Site(app, operator, language="en").open("/journal").main

    assert "Sealed until closing" in listed
    assert "Check answers and send" in own
    assert solution.reference not in journal


def test_what_the_secretary_began_to_check_stays_closed_and_so_does_what_the_rule_would_close_in_the_past(
    app, operator
):
    checked = make.a_challenge(closes_at=on(9, 30), stage=Stage.SCREENING)
    old = make.a_challenge(closes_at=on(9, 30))

    with clock.at(on(17)):
        seen = preview(app, operator, on(9), on(10))
        assert "which is past: it stays closed" in seen.main
        record(app, operator, on(9), on(10))

    db.session.expire_all()
    assert [each.closes_at for each in (checked, old)] == [on(9, 30), on(9, 30)]
    assert db.session.scalars(select(Amendment)).all() == []


def test_only_operators_record_and_only_what_is_over(app, operator):
    with clock.at(on(9, 30)):
        site = record(app, operator, on(9), on(10))
        times = {"began_at": typed(on(9)), "ended_at": typed(on(8))}
        backwards = Site(app, operator, language="en").send("/outages", note="x", **times)

    assert (site.status, site.errors) == (422, ["An outage is recorded once it is over."])
    assert (backwards.status, backwards.errors) == (422, ["It must end after it began."])
    assert Site(app, make.a_person()).open("/outages/new").status == 404
    assert Site(app, make.a_person()).send("/outages", note="x").status == 404
    assert db.session.scalars(select(Outage)).all() == []
