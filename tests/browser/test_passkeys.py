"""A passkey in a real browser: Chromium's own authenticator makes it, opens it, and is forgotten."""

import pytest

from tests import make
from tests.browsing import Reader
from tests.make import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.once]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.feature("108")
def test_a_browser_makes_a_passkey_signs_in_with_it_and_is_refused_after_it_is_removed(app, chromium, address):
    lan = make.a_person(language="en")
    email = lan.email
    named, known = address.replace("127.0.0.1", "localhost"), app.config["BASE_URL"]
    app.config["BASE_URL"] = address  # the number, as `make run` has it
    reader = Reader(chromium, app=app, address=address, language="en")
    device = reader.context.new_cdp_session(reader.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    try:
        reader.sign_in(lan).open("/account/passkeys").click("localhost:")
        reader.prefix = f"{named}/en"
        reader.page.fill("input[name=email]", email)
        reader.page.fill("input[name=password]", PASSWORD)
        reader.press("Sign in").fill(name="Máy của Lan").press("Add a passkey")
        codes = reader.page.locator("ol.codes li").count()
        reader.context.clear_cookies()
        reader.open("/sign-in").press("Use a passkey")
        entered = reader.page.url
        reader.open("/account/passkeys").press("Remove: %(name)s", name="Máy của Lan")
        reader.context.clear_cookies()
        reader.open("/sign-in").press("Use a passkey")
        refused = reader.main
    finally:
        app.config["BASE_URL"] = known
        reader.leave()

    assert (codes, entered) == (10, f"{named}/en/work")
    assert "This passkey does not fit" in refused
    assert [fault for fault in reader.faults if "422" not in fault] == []
