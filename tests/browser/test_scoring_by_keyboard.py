"""A score sheet filled in without a mouse."""

import pytest

from marketplace.challenges.models import Criterion
from marketplace.db import db
from marketplace.judging.stages import SheetStage
from tests.browsing import Reader
from tests.judging.judging_make import a_scoring_round

pytestmark = pytest.mark.browser


@pytest.mark.feature("60", "63")
def test_six_criteria_are_scored_and_finished_with_fourteen_key_presses(app, chromium, address):
    made = a_scoring_round(1, judges=1, reviews=1)
    made.challenge.criteria[1].weight_bp = 2000
    made.challenge.criteria += [
        Criterion(position=number, name_vi=f"Tiêu chí {number}", weight_bp=1000) for number in range(3, 7)
    ]
    db.session.commit()
    sheet, lan = made.sheets()[0], made.judges[0]
    reader = Reader(chromium, app=app, address=address).enter(lan).open(f"/judging/sheets/{sheet.reference}")
    keys = [key for digit in "767876" for key in (digit, "Enter")] + ["Enter", "Enter"]

    for key in keys[:-1]:
        reader.page.keyboard.press(key)
    reader.page.wait_for_url("**/check")
    reader.page.wait_for_selector("button:focus")  # by itself, a moment after the page is there
    reader.page.keyboard.press(keys[-1])
    reader.page.wait_for_url("**/judging")

    db.session.expire_all()
    assert len(keys) == 14
    assert sheet.stage == SheetStage.FINAL
    assert [sheet.values[criterion.id] for criterion in made.challenge.criteria] == [7, 6, 7, 8, 7, 6]
    assert reader.faults == []
    reader.leave()


@pytest.mark.feature("76")
def test_a_draft_is_kept_by_itself_and_the_page_says_when(app, chromium, address):
    made = a_scoring_round(1, judges=1, reviews=1)
    sheet, lan = made.sheets()[0], made.judges[0]
    reader = Reader(chromium, app=app, address=address).enter(lan).open(f"/judging/sheets/{sheet.reference}")

    reader.page.keyboard.press("7")
    reader.page.wait_for_selector("#kept a")

    db.session.expire_all()
    assert (sheet.stage, list(sheet.values.values())) == (SheetStage.DRAFT, [7])
    assert reader.faults == []
    reader.leave()
