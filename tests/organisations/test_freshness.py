"""How long a profile is taken for true: the day it was confirmed, the yearly question, one press."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.organisations.reminding import remind_of_profiles
from marketplace.organisations.stages import Role
from marketplace.text import format_day
from tests import make
from tests.site import Site


def reminders():
    return db.session.scalars(
        select(Letter.to_email).where(Letter.kind == "profile_reminder").order_by(Letter.id)
    ).all()


@pytest.mark.feature("47")
def test_once_a_year_its_people_are_asked_and_one_press_confirms_the_profile(app, visitor):
    organisation = make.an_organisation("Công ty Sông Xanh")
    owner, member = make.a_member(organisation, Role.OWNER), make.a_member(organisation)
    begun = organisation.created_at

    for days in (330, 340, 341, 370):
        with clock.at(begun + timedelta(days=days)):
            remind_of_profiles()
            db.session.commit()
            jobs.run_waiting()
    assert reminders() == [owner.email]

    with clock.at(begun + timedelta(days=370)):
        page = Site(app, language="en").open(f"/organisations/{organisation.slug}")
        assert f"Last confirmed on {format_day(begun)} More than a year ago" in page.text
        assert "Still true" not in Site(app, member, language="en").open(page.address[3:]).buttons()
        confirmed = Site(app, owner, language="en").open(page.address[3:]).press("Still true")
        today = format_day(clock.now())
    assert f"Last confirmed on {today}" in confirmed.text
    assert "More than a year ago" not in confirmed.text
    with clock.at(begun + timedelta(days=370 + 340)):
        remind_of_profiles()
        db.session.commit()
        jobs.run_waiting()
    assert reminders() == [owner.email] * 2


def test_only_those_who_edit_a_profile_confirm_it_and_correcting_it_confirms_too(app):
    organisation = make.an_organisation()
    address = f"/organisations/{organisation.slug}/profile"
    for person in (make.a_member(organisation), make.an_operator(), make.a_person()):
        assert Site(app, person).open("/").send(f"{address}/confirmation").status == 404

    manager = make.a_member(organisation, Role.OWNER)
    with clock.at(datetime.now(UTC) + timedelta(days=400)):
        owner = Site(app, manager, language="en")
        assert "More than a year ago" not in owner.open(address).press("Save", summary_vi="Làm cảm biến.").text
