"""Browsers left alone: who has much to lose is signed out, is told when, and loses nothing that was typed."""

from datetime import timedelta

import pytest

from marketplace import clock
from tests import make
from tests.accounts.test_second_factor import codes_on, set_up
from tests.browsing import Reader
from tests.site import Site


@pytest.fixture
def asked_of_operators(app):
    before = {name: app.config[name] for name in ("SECOND_FACTOR_FOR", "IDLE_MINUTES")}
    app.config.update(SECOND_FACTOR_FOR="operator", IDLE_MINUTES=30)
    yield
    app.config.update(before)


def shown_end(site):
    """What the page says of the end of the session."""
    found = site.page.select_one(".session-end")
    return found and found.get_text(" ", strip=True)


def test_an_operator_is_signed_out_after_half_an_hour_without_a_page_and_keeps_what_was_typed(app, asked_of_operators):
    operator, start = make.an_operator(), clock.now()
    site = set_up(app, operator)
    code = codes_on(site)[0]
    said = shown_end(site.open("/account"))
    with clock.at(start + timedelta(minutes=29)):
        longer = shown_end(site.open("/account/profile"))
    with clock.at(start + timedelta(minutes=58)):
        inside = site.open("/account/profile").address
    with clock.at(start + timedelta(minutes=90)):
        kept = site.press("Save", full_name="Trần Văn Điều", expertise="Thủy văn đô thị, gõ trong nửa giờ")
        first, words = kept.status, kept.page.h1.get_text()
        tab = Site(app, language="en")
        tab.client = site.client
        tab.sign_in(operator.email).press("Sign in", code=code)
        kept.press("Send again")

    assert said.startswith("Without another page opened you are signed out at")
    assert said != longer
    assert inside == "/en/account/profile"
    assert (first, words) == (401, "Sign in, then send this again")
    assert site.address == "/en/account"
    assert operator.expertise == "Thủy văn đô thị, gõ trong nửa giờ"


def test_the_longest_time_is_said_before_and_begins_anew_with_the_password(app):
    lan, hours, start = make.a_person(), app.config["SESSION_HOURS"], clock.now()
    app.config["SESSION_HOURS"] = 12
    try:
        site = Site(app, language="en").sign_in(lan.email)
        early = shown_end(site)
        with clock.at(start + timedelta(hours=11, minutes=51)):
            late = shown_end(site.open("/account"))
            site.click("Stay signed in").click("Stay signed in").press("Go on", password=make.PASSWORD)
        with clock.at(start + timedelta(hours=12, minutes=5)):
            renewed = site.open("/account").address
    finally:
        app.config["SESSION_HOURS"] = hours

    assert (early, late.startswith("Without another page opened")) == (None, True)
    assert renewed == "/en/account"


@pytest.mark.browser
def test_the_warning_is_spoken_and_staying_leaves_the_page_as_it_is(app, asked_of_operators, chromium, address):
    app.config["IDLE_MINUTES"] = 2
    operator = make.an_operator()
    reader = Reader(chromium, app=app, address=address, language="en")
    reader.sign_in(operator).open("/account")
    end, spoken = reader.page.locator(".session-end"), reader.page.locator("#announcements")

    end.get_by_text("You are about to be signed out").wait_for()
    said = spoken.inner_text()
    app.config["IDLE_MINUTES"] = 30
    reader.page.evaluate("document.title = 'typed'")
    end.get_by_role("link").click()
    end.get_by_text("Without another page opened").wait_for()
    kept = reader.page.title()
    reader.leave()

    assert said.startswith("You are about to be signed out, at")
    assert kept == "typed"
