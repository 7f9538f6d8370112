"""Passkeys: added, named and removed; in place of password and code; answers that fit no question."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.passkeys.models import Passkey
from marketplace.db import db
from marketplace.notifications.models import Letter
from tests import make
from tests.accounts.authenticator import Authenticator
from tests.accounts.test_second_factor import codes_on, set_up
from tests.site import Site


def question_on(site):
    return site.page.select_one("form[data-passkey]")["data-question"]


def with_passkey(app, person, name="Điện thoại của Lan"):
    """The person's browser after adding a passkey, and the device that has it."""
    device, site = Authenticator(), Site(app, person, language="en").open("/account").click("Change Passkeys")
    site.press("Add a passkey", name=name, answer=device.make(question_on(site)))
    return site, device


def enter(app, device, **wrong):
    """A new browser that signs in with the passkey alone."""
    site = Site(app, language="en").open("/sign-in")
    return site.press("Use a passkey", answer=device.open(question_on(site), **wrong))


def letters():
    return [each.body for each in db.session.scalars(select(Letter).order_by(Letter.id))]


@pytest.mark.feature("108")
def test_a_passkey_signs_in_in_place_of_password_and_code_until_it_is_removed(app):
    lan = make.a_person(language="en")
    site, device = with_passkey(app, lan)
    codes = codes_on(site)

    entered = enter(app, device)
    again = entered.open("/account/passkeys").main
    entered.press("Save the name", name="Máy tính cơ quan").press("Remove: Máy tính cơ quan")
    out = enter(app, device)

    assert (len(codes), entered.address) == (10, "/en/account/passkeys")
    assert "Điện thoại của Lan" in again
    assert "Not used yet" not in again
    assert (out.status, out.page.h1.get_text()) == (422, "This passkey does not fit")
    assert ["added to your account: Điện thoại" in letters()[0], "removed: Máy tính cơ quan" in letters()[1]] == [
        True,
        True,
    ]
    assert Site(app, language="en").sign_in(lan.email).address == "/en/work"


@pytest.mark.feature("108")
def test_a_passkey_stands_for_the_second_step_and_for_the_password_once_more(app):
    lan = make.a_person(language="en")
    codes, device = codes_on((added := with_passkey(app, lan))[0]), added[1]

    site = Site(app, language="en").sign_in(lan.email)
    asked, let_through = site.address, site.open("/account").address
    site.open("/sign-in/code").press("Use a passkey", answer=device.open(question_on(site)))
    with_code = Site(app, language="en").sign_in(lan.email).press("Sign in", code=codes[0]).address
    with clock.at(clock.now() + timedelta(minutes=31)):
        asked_again = site.open("/account/passkeys").address
        site.press("Use a passkey", answer=device.open(question_on(site)))

    assert (asked, let_through, with_code) == ("/en/sign-in/code", "/en/sign-in", "/en/work")
    assert (asked_again, site.address) == ("/en/account/proof", "/en/account/passkeys")


@pytest.mark.feature("108")
def test_an_answer_counts_once_in_the_browser_that_was_asked_for_what_it_was_asked(app):
    lan, minh = make.a_person(), make.a_person("Phạm Văn Minh")
    device, other = with_passkey(app, lan)[1], with_passkey(app, minh)[1]
    other.key = device.key
    site = Site(app, language="en").open("/sign-in")
    right = device.open(question_on(site))
    entered = site.press("Use a passkey", answer=right).address

    def refused(answer):
        """Fresh limits, a fresh question."""
        answered = Site(app, language="en").open("/sign-in")
        return answered.press("Use a passkey", answer=answer(question_on(answered))).status

    assert entered == "/en/work"
    site.press("Sign out").open("/sign-in")
    assert site.press("Use a passkey", answer=right).status == 422, "the same answer again"
    assert refused(lambda _question: right) == 422, "asked in another browser"
    assert refused(lambda question: device.open(question, origin="http://localhost.evil.example")) == 422
    assert refused(lambda question: device.open(question, rp="evil.example")) == 422
    assert refused(lambda question: device.open(question, verified=False)) == 422
    assert refused(lambda question: device.open(question, count=1)) == 422, "a copy of the device"
    assert refused(lambda question: device.open(question, owner=minh.reference.encode())) == 422
    assert refused(other.open) == 422, "signed with another key"


def test_an_answer_comes_in_time_and_for_its_purpose_or_not_at_all(app):
    lan = make.a_person(language="en")
    site, device = with_passkey(app, lan)
    waiting = Site(app, language="en").open("/sign-in")
    late = device.open(question_on(waiting))
    to_add = question_on(site.open("/account/passkeys"))
    elsewhere = Authenticator()
    elsewhere.owner = b"x"

    with clock.at(clock.now() + timedelta(minutes=11)):
        too_late = waiting.press("Use a passkey", answer=late).status
    once = site.press("Add a passkey", name="Một", answer=elsewhere.make(to_add)).address
    twice = site.open("/account/passkeys").press("Add a passkey", name="Hai", answer=Authenticator().make(to_add))
    known = site.press("Add a passkey", name="Hai", answer=elsewhere.make(question_on(site)))
    nothing = site.open("/account/passkeys").press("Add a passkey", name="", answer="")

    assert (too_late, once) == (422, "/en/account/passkeys")
    assert twice.status == 422 or known.status == 409
    assert nothing.errors == [
        "Write a name.",
        "Your browser sent no passkey. Passkeys need JavaScript and a recent browser.",
    ]
    assert len(db.session.scalars(select(Passkey)).all()) == 2


@pytest.mark.parametrize(
    "answer",
    ["{", "[]", "null", '{"response": 1}', '{"id": 1, "response": {"clientDataJSON": 7}}', "[" * 9000,
     '{"id": "x", "response": {"clientDataJSON": "e30", "userHandle": "/w"}}'],
)  # fmt: skip
def test_what_is_no_answer_at_all_is_refused_in_words(app, answer):
    site = Site(app, language="en").open("/sign-in")

    assert site.press("Use a passkey", answer=answer).status == 422


def test_staff_keep_a_second_step_when_they_remove_a_passkey(app):
    operator = make.an_operator()
    site, _device = with_passkey(app, operator, name="Một")
    app.config["SECOND_FACTOR_FOR"] = "operator"
    try:
        only = [each for each in site.open("/account/passkeys").buttons() if "Remove" in each]
        reference = db.session.scalar(select(Passkey.reference))
        refused = site.send(f"/account/passkeys/{reference}/removal").status
        another = Authenticator()
        site.open("/account/passkeys").press("Add a passkey", name="Hai", answer=another.make(question_on(site)))
        site.press("Remove: Một")
    finally:
        app.config["SECOND_FACTOR_FOR"] = ""

    assert (only, refused) == ([], 409)
    assert [each.name for each in db.session.scalars(select(Passkey))] == ["Hai"]


def test_the_operator_takes_passkeys_off_with_the_app(app):
    lan = make.a_person(language="en")
    set_up(app, lan)
    with_passkey(app, lan)

    room = Site(app, make.an_operator(), language="en").open(f"/operator/people/{lan.reference}")
    shown = "1 passkey" in room.main
    room.press("Take the second step off", how="Gọi lại cơ quan, xác nhận họ tên")

    assert shown
    assert db.session.scalars(select(Passkey)).all() == []
    assert Site(app, language="en").sign_in(lan.email).address == "/en/work"
