"""Short messages: to a confirmed number, for the kinds somebody ticked, and as sealed as their letters."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs import run_waiting
from marketplace.notifications.channels.models import ShortMessage
from marketplace.notifications.services import write_letter
from tests import make
from tests.site import Site


def texts():
    run_waiting()
    return db.session.scalars(select(ShortMessage.text).order_by(ShortMessage.id)).all()


def confirmed(app, person):
    """The person's browser after confirming 0912 345 678."""
    site = Site(app, person, language="en").open("/account").click("Letters to me").click("Messages to my phone")
    site.press("Send a code", number="0912 345.678")
    return site.press("Confirm the number", code=texts()[-1].split()[-1].rstrip("."))


@pytest.mark.feature("100")
def test_what_is_ticked_comes_to_the_confirmed_number_and_nothing_else(app):
    lan = make.a_person(language="en")
    site = confirmed(app, lan)

    write_letter("password_changed", to=lan)
    before = len(texts())
    site.press("Save the choice", **{"duties-zalo": "y", "duties-sms": "y"})
    letter = write_letter("password_changed", to=lan)
    write_letter("reset_password", to=lan, token="geheim")
    sent = texts()
    site.open("/account/messages").press("Remove the number")
    write_letter("password_changed", to=lan)

    assert (before, len(sent)) == (1, 3)
    assert all(text.endswith(f"/en/account/letters/{letter.reference}") for text in sent[1:])
    assert len(texts()) == 3
    numbers = db.session.scalars(select(ShortMessage.number).distinct()).all()
    assert numbers == ["+84912345678"]


def test_a_number_needs_its_code_in_time(app):
    lan = make.a_person(language="en")
    site = Site(app, lan, language="en").open("/account/messages")

    wrong = site.press("Send a code", number="12345").errors
    site.press("Send a code", number="+84 912 345 678")
    code = texts()[-1].split()[-1].rstrip(".")
    mistyped = site.press("Confirm the number", code="x" + code).status
    with clock.at(clock.now() + timedelta(minutes=11)):
        late = site.press("Confirm the number", code=code).status

    assert wrong == ["This is no mobile number of Vietnam, such as 0912 345 678."]
    assert (mistyped, late) == (422, 422)


def test_operators_see_messages_but_none_of_a_sealed_letter(app):
    lan, operator = make.a_person("Lê Thị Kín", language="en"), make.an_operator()
    confirmed(app, lan).press("Save the choice", **{"duties-sms": "y"})
    room = Site(app, operator, language="en")

    before = room.open("/outbox/messages").page.select("tbody tr")
    write_letter("password_changed", to=lan, sealed_until=clock.now() + timedelta(days=1))
    db.session.commit()
    sealed = room.open("/outbox/messages").page.select("tbody tr")
    with clock.at(clock.now() + timedelta(days=2)):
        opened = room.open("/outbox/messages").page.select("tbody tr")

    assert [len(rows) for rows in (before, sealed, opened)] == [1, 1, 2]
    assert "912345678" not in room.html
    assert Site(app, lan).open("/outbox/messages").status == 404
