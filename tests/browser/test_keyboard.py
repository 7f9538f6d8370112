"""What only a real browser shows."""

import pytest

from tests import make
from tests.browsing import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_tab_leads_to_the_skip_link_and_no_script_complains(app, chromium, address, language):
    make.a_challenge()
    reader = Reader(chromium, app=app, address=address, language=language).open("/challenges")

    reader.page.keyboard.press("Tab")

    assert reader.page.evaluate("document.activeElement.className") == "skip-link"
    assert reader.faults == []
    reader.leave()


@pytest.mark.parametrize("path", ["/", "/challenges", "/sign-in", "/sign-up", "/organisations", "/results"])
def test_no_page_scrolls_sideways_on_a_narrow_phone(app, chromium, address, path):
    make.a_challenge(title_vi="Nghiêngnghiêngnghiêng" * 6)
    reader = Reader(chromium, app=app, address=address)
    reader.page.set_viewport_size({"width": 320, "height": 740})

    reader.open(path)

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
    reader.leave()


def test_words_are_searched_without_leaving_the_page(app, chromium, address):
    make.a_challenge(title_vi="Cảnh báo ngập", title_en=None)
    make.a_challenge(title_vi="Phân loại rác", title_en=None, description_vi="Rác. " * 60, summary_vi="Rác")
    reader = Reader(chromium, app=app, address=address).open("/challenges")

    reader.page.fill("main [name=q]", "rac")
    with reader.page.expect_response(lambda response: "q=rac" in response.url):
        reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/challenges?q=rac*")

    assert reader.sees("Phân loại rác")
    assert not reader.sees("Cảnh báo ngập")
    assert reader.faults == []
    reader.leave()
