"""Which letters leave as e-mail and when, and that one click stops them."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs import OutboxJob
from marketplace.notifications.choosing.services import send_collected
from marketplace.notifications.models import Letter, LetterChoice
from marketplace.notifications.services import _message, write_letter
from marketplace.notifications.topics import How, Topic
from tests import make
from tests.site import Site


def published(person, challenge):
    letter = write_letter("challenge_published", to=person, challenge=challenge)
    db.session.commit()
    return letter


def stop_address(letter):
    return re.search(r"http://localhost(/\S*stop-letters/\S+)", letter.body).group(1)


def to_be_sent():
    return sorted(
        job.payload["letter_id"] for job in db.session.scalars(select(OutboxJob)) if "letter_id" in job.payload
    )


@pytest.mark.feature("100")
def test_letters_leave_as_their_reader_chose_and_stand_on_the_site_all_the_same(app):
    lan, challenge = make.a_person(language="en"), make.a_challenge()
    site = Site(app, lan, language="en").open("/account").click("Letters to me")

    site.press("Save the choice", agency="off")
    quiet = published(lan, challenge)
    duty = write_letter("password_changed", to=lan)
    db.session.commit()

    assert site.value("agency") == "off"
    assert to_be_sent() == [duty.id]
    site.open("/account/letters").click(quiet.subject)
    assert (site.status, quiet.subject in site.main) == (200, True)
    assert Site(app, make.a_person()).open(f"/account/letters/{quiet.reference}").status == 404
    assert "Only on the site" in Site(app, make.an_operator(), language="en").open("/outbox").main


@pytest.mark.feature("100")
def test_letters_of_a_day_come_together_at_seven(app):
    lan, challenge = make.a_person(language="en"), make.a_challenge()
    db.session.add(LetterChoice(person_id=lan.id, topic=Topic.AGENCY, how=How.DAILY))
    with clock.at(datetime(2027, 3, 1, 20, 0, tzinfo=UTC)):
        first, second = published(lan, challenge), published(lan, challenge)
        send_collected()
        early = first.sent_at
    with clock.at(datetime(2027, 3, 2, 0, 30, tzinfo=UTC)):
        late = published(lan, challenge)
        send_collected()
        send_collected()

    digests = db.session.scalars(select(Letter).where(Letter.kind == "collected")).all()
    assert early is None
    assert [each.subject for each in digests] == ["2 letters of the day"]
    assert [each.reference in digests[0].body for each in (first, second, late)] == [True, True, False]
    assert [each.sent_at is None for each in (first, second, late)] == [False, False, True]
    assert to_be_sent() == [digests[0].id]


def test_what_is_sealed_in_a_part_seals_the_whole(app):
    lan, challenge = make.a_person(), make.a_challenge()
    db.session.add(LetterChoice(person_id=lan.id, topic=Topic.AGENCY, how=How.DAILY))
    with clock.at(datetime(2027, 3, 1, 20, 0, tzinfo=UTC)):
        write_letter("challenge_published", to=lan, challenge=challenge, sealed_until=challenge.closes_at)
        published(lan, challenge)
    with clock.at(datetime(2027, 3, 2, 0, 30, tzinfo=UTC)):
        send_collected()

    [digest] = db.session.scalars(select(Letter).where(Letter.kind == "collected"))
    assert digest.sealed_until == challenge.closes_at


@pytest.mark.feature("100", "T-124")
def test_one_click_in_a_mail_program_stops_letters_like_it(app):
    lan, minh = make.a_person(language="en"), make.a_person("Phạm Văn Minh", language="en")
    challenge = make.a_challenge()
    letter, of_minh = published(lan, challenge), published(minh, challenge)
    headers, duty = _message(letter), _message(write_letter("password_changed", to=lan))
    address = stop_address(letter)
    looked = Site(app).open(address)

    without = app.test_client().post(address)
    forged = app.test_client().post(address[:-3] + "abc", data={"List-Unsubscribe": "One-Click"})
    clicked = app.test_client().post(address, data={"List-Unsubscribe": "One-Click"})
    by_hand = Site(app).open(stop_address(of_minh)).press("Stop them")

    assert headers["List-Unsubscribe"] == f"<http://localhost{address}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert duty["List-Unsubscribe"] is None
    assert (looked.status, without.status_code, forged.status_code, clicked.status_code) == (200, 400, 404, 303)
    assert "These letters do not come any more" in by_hand.main
    rows = db.session.scalars(select(LetterChoice).order_by(LetterChoice.id))
    assert [(each.person_id, each.topic, each.how) for each in rows] == [
        (lan.id, Topic.AGENCY, How.OFF),
        (minh.id, Topic.AGENCY, How.OFF),
    ]
