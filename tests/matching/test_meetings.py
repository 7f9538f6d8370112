"""Meetings through their pages: times proposed and chosen, the calendar's file, changes, and whether the two met."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.db import db
from marketplace.matching.introductions.stages import Milestone
from marketplace.matching.meetings import services
from marketplace.matching.meetings.models import Meeting
from marketplace.matching.meetings.stages import Stage
from marketplace.notifications.models import Letter
from marketplace.text import HANOI, format_moment
from tests import make
from tests.matching.test_introductions import Pair
from tests.site import Site


@pytest.fixture
def pair(app):
    pair = Pair(app)
    pair.introduction = pair.in_touch()
    pair.address = f"/introductions/{pair.introduction.reference}"
    return pair


def at_nine(days):
    """Nine in Hanoi of the day so many days ahead."""
    day = datetime.now(UTC).astimezone(HANOI) + timedelta(days=days)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def typed(moment):
    return f"{moment:%Y-%m-%dT%H:%M}"


def agreed(pair, days=3):
    moment = at_nine(days).astimezone(UTC)
    found = services.propose_meeting(pair.introduction, actor=pair.lan, times=[moment], place="Số 1 phố Láng")
    services.choose_time(found, actor=pair.minh, starts_at=moment)
    db.session.commit()
    return found


def subjects(kind):
    found = select(Letter).where(Letter.kind == kind).order_by(Letter.id)
    return [(each.to_email, each.subject) for each in db.session.scalars(found)]


@pytest.mark.feature("48")
def test_one_side_proposes_times_the_other_chooses_and_both_get_the_calendars_file(app, pair):
    pair.asker.open(pair.address).click("Propose a meeting")
    pair.asker.press("Propose these times", time_1=typed(at_nine(-1)), place="Số 1 phố Láng")
    assert pair.asker.errors == ["Choose a time from now on, at most 90 days ahead."]
    assert pair.asker.value("place") == "Số 1 phố Láng"
    pair.asker.press("Propose these times", time_1=typed(at_nine(3)), time_2=typed(at_nine(4)), minutes="45")

    assert "Choose this time" not in pair.asker.buttons()
    assert subjects("meeting_news") == [("minh@example.vn", "Công ty Mưa Rào proposes a meeting")]
    pair.asked.open(pair.address).press("Choose this time")

    when = format_moment(at_nine(3), "en")
    assert when in pair.asked.main
    file = pair.asker.open(pair.address).click("File for your calendar")
    event = Calendar.from_ical(file.body).events[0]
    assert (event.start, event.end - event.start) == (at_nine(3), timedelta(minutes=45))
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Meeting with Viện Nước", "Số 1 phố Láng")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 1)
    assert subjects("meeting_news")[-1] == ("lan@example.vn", "Meeting agreed with Viện Nước")
    sent = db.session.scalars(select(Letter).where(Letter.kind == "meeting_news").order_by(Letter.id)).all()
    attached = [Calendar.from_ical(each.calendar).events[0] if each.calendar else None for each in sent]
    assert attached == [None, event]


@pytest.mark.feature("48")
def test_an_agreed_meeting_is_moved_and_called_off_and_calendars_are_told(app, pair):
    meeting = agreed(pair)
    first = Calendar.from_ical(pair.asker.open(f"/meetings/{meeting.reference}/calendar").body).events[0]

    pair.asked.open(pair.address).click("Propose other times")
    assert pair.asked.value("place") == "Số 1 phố Láng"
    pair.asked.press("Propose these times", time_1=typed(at_nine(5)))
    assert pair.asker.open(f"/meetings/{meeting.reference}/calendar").status == 404
    pair.asker.open(pair.address).press("Choose this time")
    pair.asker.press("Call the meeting off", because="Mưa lớn.")

    last = Calendar.from_ical(pair.asked.open(f"/meetings/{meeting.reference}/calendar").body).events[0]
    assert last["UID"] == first["UID"]
    assert (last["STATUS"], last["SEQUENCE"] > first["SEQUENCE"]) == ("CANCELLED", True)
    assert "Mưa lớn." in pair.asked.open(pair.address).main
    assert "Propose a meeting" in pair.asked.links()
    assert pair.asked.send(f"/meetings/{meeting.reference}/cancellation").status == 409


@pytest.mark.feature("48", "N4")
def test_after_the_meeting_both_are_asked_and_one_press_answers(app, pair):
    meeting = agreed(pair)

    with clock.at(meeting.ends_at + timedelta(minutes=1)):
        jobs.run_waiting()
        asked = [("lan@example.vn", "Did you meet Viện Nước?"), ("minh@example.vn", "Did you meet Công ty Mưa Rào?")]
        assert subjects("meeting_over") == asked
        pair.asker.open(pair.address).press("Yes, we met")
        pair.asked.open(pair.address).press("We have met")

    report = pair.introduction.report_of(Milestone.MET)
    assert report.happened_on == at_nine(3).date()
    assert report.confirmed_at is not None
    assert "Held" in pair.asked.main


def test_nobody_is_asked_about_a_meeting_that_was_moved_meanwhile(app, pair):
    meeting = agreed(pair)
    services.change_meeting(meeting, actor=pair.minh, times=[at_nine(9).astimezone(UTC)])
    db.session.commit()

    with clock.at(at_nine(4)):
        jobs.run_waiting()
        early = pair.asker.open(pair.address).send(f"/meetings/{meeting.reference}/outcome", met="yes")

    assert early.status == 409
    assert subjects("meeting_over") == []


def test_a_meeting_is_nobody_elses_and_no_side_chooses_its_own_time(app, pair):
    meeting = agreed(pair)
    services.change_meeting(meeting, actor=pair.lan, times=[at_nine(6).astimezone(UTC)])
    db.session.commit()
    times = {"starts_at": at_nine(6).isoformat()}

    assert pair.asker.open(pair.address).send(f"/meetings/{meeting.reference}/choice", **times).status == 403
    assert pair.asked.open(pair.address).send(f"/meetings/{meeting.reference}/choice", starts_at="mai").status == 404
    for person in (make.an_operator(), make.an_auditor(), make.a_person()):
        assert Site(app, person).open(f"/meetings/{meeting.reference}/calendar").status == 404
    with clock.at(at_nine(7)):
        assert pair.asked.send(f"/meetings/{meeting.reference}/choice", **times).status == 409
    assert db.session.scalars(select(Meeting.stage)).all() == [Stage.PROPOSED]
    pair.asked.open(f"{pair.address}/meetings/new").press("Propose these times", time_1=typed(at_nine(8)), place="Số 2")
    assert pair.asked.errors == ["A meeting is proposed or agreed already. Change that one."]
