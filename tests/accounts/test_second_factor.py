"""The second step of signing in: set up, asked for, replaced by recovery codes, required of some."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.second_factor import services, totp
from marketplace.accounts.second_factor.models import SecondFactor
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site


def code_now(person, *, steps=0):
    """What the person's app shows, `steps` half minutes from now."""
    factor = db.session.scalar(select(SecondFactor).where(SecondFactor.person_id == person.id))
    return totp.code_of(factor.secret, totp.step_at(clock.now()) + steps)


def set_up(app, person):
    """A browser in which the person has just set up the second step, at the page with the recovery codes."""
    site = Site(app, language="en").sign_in(person.email)
    site.open("/account").click("Change Second step").press("Begin")
    site.press("Set it up", code=code_now(person))
    return site


def codes_on(site):
    return [each.get_text() for each in site.page.select(".codes code")]


def half_way(app, person):
    """A browser at the question for the code."""
    return Site(app, language="en").sign_in(person.email)


@pytest.fixture
def asked_of_staff(app):
    app.config["SECOND_FACTOR_FOR"] = "operator,agency,judge"
    yield
    app.config["SECOND_FACTOR_FOR"] = ""


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(second, code):
    secret, moment = b"12345678901234567890", datetime.fromtimestamp(second, UTC)

    step = totp.step_at(moment)

    assert totp.code_of(secret, step) == code
    assert [totp.step_of(code, secret, at=moment + timedelta(seconds=late), after=0) for late in (-30, 0, 30, 60)] == [
        step,
        step,
        step,
        None,
    ]


@pytest.mark.feature("108", "T-029", "T-030")
def test_after_it_is_set_up_signing_in_asks_for_a_code_once_each(app):
    lan = make.a_person(language="en")
    site = set_up(app, lan)
    codes = codes_on(site)
    shown_again = codes_on(site.open("/account/recovery-codes"))

    half = half_way(app, lan)
    asked, let_through = half.address, half.open("/account").address
    replayed = half_way(app, lan).press("Sign in", code=code_now(lan))
    with clock.at(clock.now() + timedelta(seconds=60)):
        code = code_now(lan)
        entered = half_way(app, lan).press("Sign in", code=f"{code[:3]} {code[3:]}")

    assert (len(codes), shown_again) == (10, [])
    assert (asked, let_through) == ("/en/sign-in/code", "/en/sign-in")
    assert (replayed.status, replayed.errors) == (
        422,
        ["This code is not right, or was used already. Wait for the next one."],
    )
    assert entered.address == "/en/work"
    letters = db.session.scalars(select(Letter).where(Letter.kind == "sign_in_changed")).all()
    assert ["now asks for a code of your authenticator app" in each.body for each in letters] == [True]


@pytest.mark.feature("108", "T-030")
def test_a_recovery_code_stands_in_for_the_app_once(app):
    lan = make.a_person(language="en")
    site = set_up(app, lan)
    first, second, *_rest = codes_on(site)

    entered = half_way(app, lan).press("Sign in", code=first.lower().replace("-", " "))
    again = half_way(app, lan).press("Sign in", code=first)
    left = site.open("/account/second-factor").main
    site.press("Make new codes")
    worthless = half_way(app, lan).press("Sign in", code=second)

    assert (entered.address, again.status, worthless.status) == ("/en/work", 422, 422)
    assert "9 codes are left." in left
    bodies = [each.body for each in db.session.scalars(select(Letter).order_by(Letter.id))]
    assert [("Recovery codes left: 9" in body, "New recovery codes" in body) for body in bodies] == [
        (False, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.feature("T-030")
@pytest.mark.each_database
def test_of_those_who_try_one_code_at_once_one_gets_in(app):
    lan = make.a_person()
    recovery = codes_on(set_up(app, lan))[0]
    person_id, barrier, passed = lan.id, Barrier(4), []
    db.session.commit()

    def try_it():
        with app.app_context():
            person = db.session.get_one(type(lan), person_id)
            db.session.rollback()
            barrier.wait()
            passed.append(services.pass_second_step(person, recovery))
            db.session.commit()

    threads = [Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(passed) == [False, False, False, True]


@pytest.mark.feature("T-029")
def test_five_codes_may_be_tried_in_five_minutes(app):
    lan = make.a_person()
    set_up(app, lan)
    half = half_way(app, lan)

    wrong = [half.open("/sign-in/code").press("Sign in", code="000000").status for _ in range(5)]
    right = half.open("/sign-in/code").press("Sign in", code=code_now(lan, steps=1))

    assert wrong == [422] * 5
    assert right.status == 429


@pytest.mark.feature("108")
def test_staff_judges_and_operators_set_it_up_before_anything_else(app, asked_of_staff):
    judge = make.a_judge() if hasattr(make, "a_judge") else make.an_auditor()
    writer, founder = make.a_member(make.an_agency()), make.a_member(make.an_organisation(), Role.OWNER)
    persona = make.a_person("Trần Thị Mẫu", is_demo=True, roles=tuple(make.an_operator().platform_roles))

    led = [Site(app, each, language="en").open("/work").address for each in (make.an_operator(), judge, writer)]
    free = [Site(app, each, language="en").open("/work").address for each in (founder, persona)]
    site = set_up(app, writer)

    assert led == ["/en/account/second-factor"] * 3
    assert free == ["/en/work"] * 2
    assert site.click("I have kept them").address == "/en/work"
    assert "Take it off" not in site.open("/account/second-factor").buttons()
    assert site.send("/account/second-factor/removal").status == 409


@pytest.mark.feature("T-027")
def test_a_new_password_does_not_open_the_way_around_the_code(app):
    lan = make.a_person(language="en")
    set_up(app, lan)
    Site(app, language="en").open("/reset-password").press("Send the link", email=lan.email)
    from tests.accounts.test_password import letters, link_in

    link = next(link_in(each) for each in letters() if each.kind == "reset_password")
    Site(app).open(link).press("Save the password", password="hoa-sua-thang-muoi")

    assert Site(app).sign_in(lan.email, "hoa-sua-thang-muoi").address == "/sign-in/code"


def test_it_is_taken_off_after_the_password_was_given_once_more(app):
    lan = make.a_person(language="en")
    site = set_up(app, lan)

    with clock.at(clock.now() + timedelta(minutes=31)):
        asked = site.open("/account/second-factor")
        where, wrong = asked.address, site.press("Go on", password="khong-phai-mat-khau").errors
        site.press("Go on", password=make.PASSWORD).press("Take it off")

    assert (where, wrong) == ("/en/account/proof", ["This is not your password."])
    assert site.address == "/en/account"
    assert half_way(app, lan).address == "/en/work"
