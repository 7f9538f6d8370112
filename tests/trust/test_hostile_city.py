"""What people wrote stays text on every page, whatever they wrote."""

import pytest
from lxml.html import HtmlElement

from tests.parsed import said
from tests.trust.bad_text import CORPUS
from tests.trust.dealing import DEEP
from tests.trust.hostile import fill_with
from tests.trust.oracle import wrongs

pytestmark = pytest.mark.once


def live_code(page: HtmlElement) -> list[str]:
    """Elements that could do something and are not ours."""
    handlers = page.xpath("//*[@*[starts-with(name(), 'on') or starts-with(name(), 'hx-on')]]")
    inline = page.xpath("//script[not(starts-with(@src, '/static/'))]")
    links = [
        tag for tag in page.xpath("//*[@href]") if tag.get("href").strip().lower().startswith(("javascript:", "data:"))
    ]
    return [str(tag.attrib) for tag in handlers + inline + links]


@pytest.mark.feature("T-008", "T-040", "T-055", "T-056")
@pytest.mark.parametrize("name", ["script", "htmx"] if DEEP else ["script"])
def test_what_people_wrote_stays_text_on_every_page(town, name):
    # a table to import is known by the ending of its name, and that is overwritten too
    paths = [(page.role, page.path) for page in town.different_pages() if not page.path.startswith("/imports/")]
    written = fill_with(str(CORPUS[name]))

    answers = [town.crowd.get(*here) for here in paths]

    assert written > 60
    wrong_pages = [str(answer) for answer in answers if answer.status != 200]
    assert wrong_pages == [], "\n".join(wrong_pages)
    assert [wrong for answer in answers for wrong in wrongs(answer)] == []
    assert [str(answer) for answer in answers if answer.is_page and live_code(answer.tree)] == []
    seen = [answer for answer in answers if answer.is_page and "{{7*7}}${7*7}" in said(answer.tree)]
    assert (len(seen) > 20) == (name == "script")


@pytest.mark.feature("T-047")
def test_no_stored_address_becomes_a_link_that_runs(town):
    paths = [(page.role, page.path) for page in town.different_pages()]
    fill_with("javascript:alert(1)")

    answers = [town.crowd.get(*here) for here in paths]

    assert [str(answer) for answer in answers if answer.is_page and live_code(answer.tree)] == []
