"""Lines between tiers of prizes are dragged, or moved with the arrow keys; the page shows what would be."""

import pytest

from tests.browsing import Reader
from tests.judging.judging_make import a_contest
from tests.judging.test_tiers import PRIZES

pytestmark = pytest.mark.browser


@pytest.mark.feature("80")
def test_a_line_between_prizes_is_dragged_and_moved_by_keys(app, chromium, address):
    made = a_contest(scored=True, prizes=PRIZES)
    reader = Reader(chromium, app=app, address=address, language="en").sign_in(made.secretary)
    page = reader.open(f"{made.path}/tiers?field=ict").page
    assert page.input_value("input[name=n-2-ict]") == "1"

    page.drag_and_drop(".cut[data-tier='2']", "ol.cuts > li.entry >> nth=1", target_position={"x": 20, "y": 3})

    page.wait_for_selector("text=A trial: these lines are not kept.")
    assert page.input_value("input[name=n-2-ict]") == "0"
    page.focus(".cut[data-tier='1']")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("text=Line of First prize: 2 entries above")
    assert page.input_value("input[name=n-1-ict]") == "2"
    assert reader.faults == []
    reader.leave()
