"""Briefings: announced to all, seats in the order of registering, the place only for those who have one."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.challenges.briefings.models import Briefing, Registration
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.notifications.queries import kinds_written
from marketplace.organisations.stages import Role
from marketplace.text import HANOI
from tests import make
from tests.site import Site

PLACE, CALL = "Hội trường 2, 185 Giảng Võ", "https://hop.example.vn/gioi-thieu-42"


@pytest.fixture
def challenge(app):
    return make.a_challenge(make.an_agency("Sở Thoát nước"))


def typed(moment):
    return f"{moment.astimezone(HANOI):%Y-%m-%dT%H:%M}"


def announced(app, challenge, seats="1", **fields):
    writer, begins = make.a_member(challenge.agency, name="Nguyễn Thị Lan"), clock.now() + timedelta(days=3)
    site = Site(app, writer, language="en").open(f"/challenges/{challenge.slug}").click("Announce a briefing")
    told = {"title_vi": "Giới thiệu bài toán", "place": PLACE, "call_url": CALL, "seats": seats}
    times = {"starts_at": typed(begins), "ends_at": typed(begins + timedelta(hours=2))}
    site.press("Announce", **{**told, **times, **fields})
    return writer, site, db.session.scalars(select(Briefing)).first()


def address(briefing):
    return f"/challenges/{briefing.challenge.slug}/briefings/{briefing.reference}"


@pytest.mark.feature("13")
def test_seats_go_by_order_the_place_to_the_seated_and_whoever_waits_moves_up(app, challenge):
    _writer, held, briefing = announced(app, challenge)
    first = make.a_member(make.an_organisation("Công ty Mưa Phố"), name="Phạm Văn Minh")
    second = make.a_person("Lê Thị Hai")
    sites = [Site(app, each, language="en").open(f"/challenges/{challenge.slug}") for each in (first, second)]
    for site in sites:
        site.click("Giới thiệu bài toán")
        assert PLACE not in site.html
        site.press("Register")

    assert [(PLACE in site.main, CALL in site.main) for site in sites] == [(True, True), (False, False)]
    assert "You stand on the waiting list" in sites[1].main
    assert [Site(app, each).open(f"{address(briefing)}/calendar.ics").status for each in (second, make.a_person())] == [
        404,
        404,
    ]
    entry = Calendar.from_ical(Site(app, first).open(f"{address(briefing)}/calendar.ics").body).walk("VEVENT")[0]
    assert (entry.decoded("dtstart"), str(entry["location"])) == (briefing.starts_at, f"{PLACE} · {CALL}")
    names = held.open(address(briefing)).main
    assert ["Phạm Văn Minh" in names, "Lê Thị Hai" in names] == [True, True]
    assert PLACE not in Site(app).open(address(briefing)).html

    sites[0].press("Give the seat back")
    assert PLACE in sites[1].open(address(briefing)).main
    told = db.session.scalars(select(Letter).where(Letter.kind == "briefing").order_by(Letter.id)).all()
    steps = [(letter.to_email, PLACE in letter.body) for letter in told]
    assert steps == [(first.email, True), (second.email, False), (second.email, True)]
    assert "briefing" not in kinds_written(at=clock.database_now())


def test_the_seated_are_reminded_once_and_told_of_changes_and_of_the_end(app, challenge):
    _writer, held, briefing = announced(app, challenge, seats="")
    guest = make.a_person("Lê Thị Hai", language="en")
    Site(app, guest, language="en").open(address(briefing)).press("Register")
    later = briefing.starts_at + timedelta(days=1)
    held.open(address(briefing)).click("Change time or place")
    held.press("Save", starts_at=typed(later), ends_at=typed(later + timedelta(hours=1)))
    db.session.refresh(briefing)

    for moment in (briefing.starts_at - timedelta(days=1, hours=2), briefing.starts_at - timedelta(hours=20)):
        with clock.at(moment):
            jobs.run_waiting()
            jobs.run_waiting()
    held.open(address(briefing)).press("Call it off", because="Diễn giả bị ốm.")

    letters = db.session.scalars(select(Letter).where(Letter.kind == "briefing").order_by(Letter.id)).all()
    assert [letter.subject.split(":")[0] for letter in letters] == [
        "You have a seat",
        "The briefing was changed",
        "The briefing is near",
        "The briefing was called off",
    ]
    assert "Diễn giả bị ốm." in Site(app).open(address(briefing)).main
    assert Site(app, make.a_person()).send(f"{address(briefing)}/registration").status == 409


def test_only_its_agency_holds_a_briefing_and_what_began_takes_nobody(app, challenge):
    writer, held, briefing = announced(app, challenge)
    for person in (make.a_person(), make.a_member(challenge.agency, Role.VIEWER), make.an_operator()):
        site = Site(app, person)
        statuses = [
            site.open(f"/challenges/{challenge.slug}/briefings").status,
            site.open(f"{address(briefing)}/edit").status,
        ]
        assert [*statuses, site.send(f"{address(briefing)}/cancellation", because="X").status] == [404, 404, 404]
    assert Site(app, writer).send(f"{address(briefing)}/registration").status == 403
    held.open(f"/challenges/{challenge.slug}/briefings")
    assert held.press("Announce", title_vi="", starts_at=typed(clock.now()), ends_at=typed(clock.now())).errors == [
        "Enter a title in Vietnamese.",
        "This time is past.",
        "It must end after it began.",
        "Give the place or the address of the call.",
    ]
    with clock.at(briefing.starts_at):
        assert Site(app, make.a_person()).send(f"{address(briefing)}/registration").status == 409
    assert db.session.scalars(select(Registration)).all() == []
