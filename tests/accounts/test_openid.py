"""Sign-in through an identity provider: what its word opens, and what it does not."""

from datetime import timedelta

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import OpenSession, Person
from marketplace.accounts.openid.models import LinkedIdentity
from marketplace.accounts.terms.models import Consent
from marketplace.db import db
from marketplace.notifications.models import Letter
from tests import make
from tests.accounts.fake_provider import provided
from tests.accounts.test_second_factor import codes_on, set_up
from tests.site import Site


@pytest.fixture
def provider(app):
    with provided(app) as found:
        yield found


def sent_away(site, link="Sign in with HanoiID"):
    """Where this link leads the browser, which does not follow it out of the site."""
    href = next(each["href"] for each in site.page.find_all("a") if link in each.get_text())
    return site.client.get(href).headers["Location"]


def come_back(app, provider, site=None, **claims):
    """A browser that went to the provider and came back, at the page after the button."""
    site = (site or Site(app, language="en")).open("/sign-in")
    back = provider.agrees(sent_away(site), **claims)
    return site.open(f"/en{back}").press("Go on")


def linked(app, provider, person, **claims):
    """The person's browser after linking their account."""
    site = Site(app, person, language="en").open("/account/provider")
    back = provider.agrees(sent_away(site, "Link with HanoiID"), email=person.email, email_verified=True, **claims)
    return site.open(f"/en{back}").press("Go on")


def assurances():
    return db.session.scalars(select(OpenSession.assurance).order_by(OpenSession.id)).all()


@pytest.mark.feature("108")
def test_who_is_new_gets_an_account_for_the_address_that_the_provider_vouches_for(app, provider):
    site = come_back(app, provider, email="Lan@Example.vn", email_verified=True, name="Nguyễn Thị Lan", acr="loa2")
    asked, name = site.address, site.value("full_name")
    refused = site.press("Create an account").errors
    site.press("Create an account", terms="y", privacy="y")
    again = come_back(app, provider, acr="loa3")

    lan = db.session.scalars(select(Person)).one()
    assert (asked, name, len(refused)) == ("/en/sign-up/provider", "Nguyễn Thị Lan", 2)
    assert (site.address, again.address) == ("/en/work", "/en/work")
    assert (lan.email, lan.confirmed_at is not None, lan.password) == ("lan@example.vn", True, None)
    assert assurances() == ["loa2", "loa3"]
    assert len(db.session.scalars(select(Consent)).all()) == 2
    assert "Assurance of the provider: loa3" in again.open("/account/sessions").main
    assert Site(app, language="en").sign_in("lan@example.vn", "").status == 422


@pytest.mark.feature("108")
def test_an_account_is_linked_by_its_owner_and_never_taken_over_by_its_address(app, provider):
    lan = make.a_person(email="lan@example.vn", language="en")
    told = {"email": "lan@example.vn", "email_verified": True}

    taken_over = come_back(app, provider, **told)
    others = Site(app, make.a_person("Phạm Văn Minh"), language="en").open("/account/provider")
    back = provider.agrees(sent_away(others, "Link with HanoiID"), **told)
    other_address = others.open(f"/en{back}").press("Go on").main
    site = linked(app, provider, lan)
    entered = come_back(app, provider, **told)
    site.press("End the link")
    ended = come_back(app, provider, **told)

    assert "There is an account with your address already." in taken_over.main
    assert "It vouches for another address" in other_address
    assert (site.address, entered.address) == ("/en/account/provider", "/en/work")
    assert "There is an account with your address already." in ended.main
    subjects = [each.body.split("\n")[2] for each in db.session.scalars(select(Letter).order_by(Letter.id))]
    assert subjects == [
        "HanoiID signs you in to your account from now on.",
        "HanoiID signs you in to your account no more.",
    ]


@pytest.mark.feature("108")
def test_the_second_step_is_asked_unless_the_provider_is_sure_enough(app, provider):
    lan = make.a_person(language="en")
    linked(app, provider, lan)
    code = codes_on(set_up(app, lan))[0]

    weak = come_back(app, provider, acr="loa2")
    asked = weak.address
    weak.press("Sign in", code=code)
    strong = come_back(app, provider, acr="loa3")
    with clock.at(clock.now() + timedelta(minutes=31)):
        proof = strong.open("/account/second-factor").address
        now = int(clock.now().timestamp())
        back = provider.agrees(sent_away(strong), iat=now, exp=now + 300)
        strong.open(f"/en{back}").press("Go on")

    assert (asked, weak.address, proof) == ("/en/sign-in/code", "/en/work", "/en/account/proof")
    assert strong.address == "/en/account/second-factor"
    assert assurances()[-2:] == ["loa2", "loa3"]


@pytest.mark.feature("108", "T-037")
@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "khac"},
        {"aud": "trang-khac"},
        {"aud": ["ba-nha", "trang-khac"], "azp": "trang-khac"},
        {"iss": "https://evil.example"},
        {"exp": 1_600_003_600, "iat": 1_600_000_000},
        {"exp": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
    ],
    ids=str,
)
def test_an_answer_that_is_not_for_us_fresh_and_sure_of_the_address_is_refused(app, provider, wrong):
    claims = {"email": "lan@example.vn", "email_verified": True} | wrong

    site = come_back(app, provider, **claims)

    assert (site.status, site.page.h1.get_text()) == (422, "Not signed in by HanoiID")
    assert site.open("/account").address == "/en/sign-in"
    assert db.session.scalars(select(LinkedIdentity)).all() == []


@pytest.mark.feature("T-037")
def test_the_way_back_fits_one_browser_one_question_and_one_time(app, provider):
    told = {"email": "lan@example.vn", "email_verified": True}
    site, thief = (Site(app, language="en").open("/sign-in") for _ in range(2))
    back = provider.agrees(sent_away(site), **told)

    stolen = thief.open(f"/en{back}").status
    sent_away(thief.open("/sign-in"))
    swapped = thief.open(f"/en{back}").status
    state, code = back.split("state=")[1], back.split("code=")[1].split("&")[0]
    forged = thief.send("/sign-in/provider/back", state=state, code=code).status
    right = site.open(f"/en{back}").press("Go on").address
    again = site.send("/sign-in/provider/back", state=state, code=code).status
    provider.signing = RSAKey.generate_key(2048, {"kid": "1"})
    other_key = come_back(app, provider, **told).status

    assert (stolen, swapped, forged) == (422, 422, 422)
    assert (right, again, other_key) == ("/en/sign-up/provider", 422, 422)


def test_without_a_provider_in_the_settings_there_is_no_such_way(app):
    site = Site(app, make.a_person(), language="en")

    assert [site.open(path).status for path in ("/sign-in/provider", "/account/provider")] == [404, 404]
    assert "Sign in with" not in Site(app, language="en").open("/sign-in").main


def test_a_provider_that_does_not_answer_is_said_to_be_silent(app):
    app.config["OIDC_ISSUER"] = "http://127.0.0.1:9"
    try:
        site = Site(app, language="en").open("/sign-in/provider")
    finally:
        app.config["OIDC_ISSUER"] = ""

    assert (site.status, "It does not answer at the moment" in site.main) == (422, True)
