"""Languages in addresses, own paths, headers, faults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.pages import asset, own_path
from tests import make
from tests.site import Site


@pytest.mark.feature("102", "103")
def test_vietnamese_has_no_prefix_and_english_has_one(app):
    challenge = make.a_challenge(title_vi="Cảnh báo ngập", title_en="Flood warning")
    vietnamese = Site(app).open(f"/challenges/{challenge.slug}?x=1")
    english = Site(app, language="en").open(f"/challenges/{challenge.slug}?x=1")

    assert vietnamese.page.html["lang"] == "vi"
    assert english.page.html["lang"] == "en"
    assert "Cảnh báo ngập" in vietnamese.page.h1.get_text()
    assert "Flood warning" in english.page.h1.get_text()
    switch = vietnamese.page.find("a", hreflang="en")
    assert switch["href"] == f"/en/challenges/{challenge.slug}?x=1"
    assert english.page.find("a", hreflang="vi")["href"] == f"/challenges/{challenge.slug}?x=1"


def test_links_keep_the_readers_language(app):
    make.a_challenge()

    english = Site(app, language="en").open("/challenges")

    own = [link["href"] for link in english.page.find_all("a") if link.get("hreflang") != "vi"]
    strays = [href for href in own if href.startswith("/") and not href.startswith(("/en/", "/static/"))]
    assert [href for href in strays if href != "/en"] == []


@pytest.mark.feature("T-016")
@pytest.mark.parametrize(
    "address", ["//evil", "https://evil", "/\\evil", "\\evil", "javascript:x", "/ok\r\nSet-Cookie: a", "", None, "evil"]
)
def test_addresses_elsewhere_are_no_own_paths(address):
    assert own_path(address) is None


@given(st.text())
def test_an_own_path_is_unchanged_and_starts_with_one_slash(address):
    found = own_path(address)

    assert found is None or (found == address and found.startswith("/") and not found.startswith("//"))


@pytest.mark.feature("T-017", "T-023")
@pytest.mark.parametrize("path", ["/", "/challenges", "/no-such-page", "/sign-in", "/static/site.css"])
def test_every_answer_forbids_frames_inline_code_and_sniffing(app, path):
    headers = Site(app).open(path).headers

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.feature("T-006")
def test_pages_of_signed_in_people_are_kept_by_nobody(app):
    site = Site(app, make.a_person()).open("/challenges")

    assert site.headers["Cache-Control"] == "no-store, private"
    assert "Cookie" in site.headers["Vary"]


@pytest.mark.feature("T-001", "T-002")
def test_a_stale_form_comes_back_with_what_was_typed(app):
    agency = make.an_agency()
    lan = make.a_member(agency)
    site = Site(app, lan, language="en").open("/challenges/new")

    stale = site.send("/challenges/new", csrf_token="het-han", agency=agency.slug, title_vi="Ngập ở phố tôi")
    assert stale.status == 400
    assert stale.value("title_vi") == "Ngập ở phố tôi"

    again = stale.press("Send again")
    assert again.status == 200
    assert "Ngập ở phố tôi" in again.main


def test_a_missing_page_is_told_in_the_readers_language(app):
    site = Site(app, language="en").open("/khong-co-trang-nay")

    assert site.status == 404
    assert site.page.h1.get_text(strip=True) == "There is no such page"


def test_assets_carry_the_version_of_their_content(app):
    with app.test_request_context():
        address = asset("site.css")

    assert address.startswith("/static/site.css?v=")
    assert Site(app).open(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_assets_are_the_same_for_everybody_so_that_signing_in_fetches_none_anew(app):
    with app.test_request_context():
        address = asset("site.css")

    answer = Site(app, make.a_person("Lê Minh")).open("/").open(address)

    assert ("Vary" in answer.headers, "Set-Cookie" in answer.headers) == (False, False)


def test_my_work_begins_with_what_is_ones_own_and_has_no_label_without_a_value(app):
    agency = make.an_agency()
    make.a_challenge(agency, title_en="Flood warning")

    page = Site(app, make.a_member(agency), language="en").open("/work").page

    headings = [each.get_text(strip=True) for each in page.find(id="main").find_all("h2")]
    assert headings.index("Challenges of your agency") < headings.index("Introductions")
    row = page.find("a", string="Flood warning").find_parent("tr")
    # nothing is to be done with it now; on a phone an empty cell is not shown
    assert row.find("td", attrs={"data-label": "Next step"}).contents == []
