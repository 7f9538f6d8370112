"""Under which names the site answers, and where on one's own machine passkeys work."""

import pytest

from marketplace import hosts
from marketplace.settings import WrongSetting, read_settings
from tests import make
from tests.accounts.authenticator import Authenticator
from tests.accounts.test_passkeys import question_on
from tests.site import Site

CITY, HERE = "https://ba-nha.hanoi.example", "http://127.0.0.1:8000"
HOSTILE = (
    "evil.example",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "ba-nha.hanoi.example.evil.example",
    "evil.example@ba-nha.hanoi.example",
    "ba-nha.hanoi.example@evil.example",
    "ba-nha.hanoi.example:443@evil.example",
    "ba-nha.hanoi.example/",
    "ba-nha.hanoi.example.",
    "",
)


def at(app, origin, person=None):
    """Somebody whose browser is at this origin."""
    site = Site(app, language="en")
    go, keep = site.client.open, site.client.session_transaction
    there = {"base_url": origin}
    site.client.open = lambda *asked, **how: go(*asked, **how | (there if isinstance(asked[0], str) else {}))
    site.client.session_transaction = lambda: keep(base_url=origin)
    if person is not None:
        site._be_signed_in(person)
    return site


@pytest.fixture
def reached_at(app):
    """Set BASE_URL for one test."""
    known = app.config["BASE_URL"]
    yield lambda address: app.config.update(BASE_URL=address)
    app.config["BASE_URL"] = known


def test_off_loopback_no_request_says_under_which_name_or_origin_the_site_is(app):
    for host in HOSTILE:
        assert not hosts.answers_to(CITY, host), host
        assert hosts.origin_at(CITY, host) == CITY
    assert all(hosts.answers_to(CITY, host) for host in ("ba-nha.hanoi.example:8443", "BA-NHA.hanoi.example"))
    assert (hosts.named_origin(CITY), hosts.named_origin("http://192.168.1.7:8000")) == (None, None)
    assert hosts.origin_at("http://192.168.1.7:8000", "localhost:8000") == "http://192.168.1.7:8000"


def test_on_loopback_the_names_of_this_machine_are_siblings_and_nobody_else_is():
    told = {
        host: hosts.origin_at(HERE, host) for host in ("localhost:8000", "127.0.0.1:8000", "[::1]:9", "evil.example")
    }

    assert told == {
        "localhost:8000": "http://localhost:8000",
        "127.0.0.1:8000": HERE,
        "[::1]:9": "http://[::1]:8000",
        "evil.example": HERE,
    }
    assert hosts.named_origin(HERE) == "http://localhost:8000"
    assert not any(hosts.answers_to(HERE, host) for host in ("evil.example", "localhost.evil.example", "127.0.0.2", ""))


def test_the_address_is_where_the_site_is_served_unless_one_is_set():
    assert read_settings({}).base_url == HERE
    assert read_settings({"PORT": "8080"}).base_url == "http://127.0.0.1:8080"
    assert read_settings({"HOST": "::1"}).base_url == "http://[::1]:8000"
    assert read_settings({"HOST": "0.0.0.0", "BASE_URL": CITY}).base_url == CITY
    with pytest.raises(WrongSetting):
        read_settings({"HOST": "0.0.0.0"})


@pytest.mark.once
def test_a_request_for_another_name_is_refused_and_told_the_right_one(app, reached_at):
    reached_at(CITY)
    lan = make.a_person()
    browser = app.test_client()

    def ask(host, path="/en/", **how):
        return browser.open(path, base_url=f"http://{host}", **how)

    assert ask("ba-nha.hanoi.example").status_code == 200
    for host in ("evil.example", "localhost", "127.0.0.1:8000"):
        refused = ask(host)
        assert (refused.status_code, CITY in refused.text) == (421, True)
        assert ask(host, "/sign-in", method="POST", data={"email": lan.email}).status_code == 421
        assert ask(host, "/healthz").status_code == 200


@pytest.mark.feature("108")
def test_at_the_number_of_this_machine_pages_say_where_passkeys_work_and_there_they_do(app, reached_at):
    reached_at(HERE)
    lan = make.a_person(language="en")
    numbered, named = "http://127.0.0.1:8000", "http://localhost:8000"

    told = at(app, numbered, lan).open("/account/passkeys")
    link = told.page.find("a", string="localhost:8000/en/account/passkeys")["href"]
    before = at(app, numbered).open("/sign-in").main
    site, device = at(app, named, lan).open("/account/passkeys"), Authenticator()
    site.press("Add a passkey", name="Máy của Lan", answer=device.make(question_on(site), origin=named))
    entering = at(app, named).open("/sign-in")
    entered = entering.press("Use a passkey", answer=device.open(question_on(entering), origin=named)).address
    waiting = at(app, named).open("/sign-in")
    from_number = waiting.press("Use a passkey", answer=device.open(question_on(waiting), origin=numbered)).status

    assert "Passkeys work under a name, not under the number 127.0.0.1:8000, so open this page at:" in told.main
    assert "Add a passkey" not in told.buttons()
    assert link == f"{named}/en/account/passkeys"
    assert "so open this page at: localhost:8000/en/sign-in" in before
    assert (entered, from_number) == ("/en/work", 422)


def test_off_loopback_a_passkey_opens_for_the_configured_origin_only(app, reached_at):
    city = "http://ba-nha.example"
    reached_at(city)
    site, device = at(app, city, make.a_person(language="en")).open("/account/passkeys"), Authenticator()

    wrong = site.press("Add a passkey", name="Một", answer=device.make(question_on(site), origin="http://localhost"))
    refused = wrong.status, question_on(wrong).count('"id": "ba-nha.example"')
    right = site.press("Add a passkey", name="Một", answer=device.make(question_on(site), origin=city))

    assert (refused, right.status) == ((422, 1), 200)
