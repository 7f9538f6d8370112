"""A judge whose network is gone for a while loses nothing."""

import pytest

from marketplace.db import db
from tests.browsing import Reader
from tests.judging.judging_make import a_scoring_round

pytestmark = pytest.mark.browser


@pytest.mark.feature("79", "N21")
def test_what_is_typed_without_network_is_kept_here_and_sent_when_it_is_back(app, chromium, address):
    made = a_scoring_round(1, judges=1, reviews=1)
    sheet, path = made.sheets()[0], f"/judging/sheets/{made.sheets()[0].reference}"
    reader = Reader(chromium, app=app, address=address, language="en").enter(made.judges[0]).open(path)
    reader.context.set_offline(True)
    reader.page.keyboard.press("7")
    reader.page.fill("[name=comment_1]", "Đo được ngay.")
    reader.page.wait_for_selector("#offline .notice")
    reader.page.get_by_role("button", name=reader.words("Save draft")).click()
    assert reader.page.url.endswith(path)

    reader.context.set_offline(False)
    reader.page.wait_for_selector("#kept a")

    db.session.expire_all()
    assert list(sheet.values.values()) == [7]
    assert sheet.scores[0].comment == "Đo được ngay."
    reader.context.set_offline(True)
    reader.page.fill("[name=comment_1]", "Đo được ngay và rẻ.")
    reader.page.wait_for_selector("#offline .notice")
    reader.page.close()
    reader.context.set_offline(False)
    reader.page = reader.context.new_page()
    reader.open(path)
    reader.page.wait_for_selector("#kept >> text=version 2")
    assert reader.page.input_value("[name=comment_1]") == "Đo được ngay và rẻ."
    db.session.expire_all()
    assert sheet.scores[0].comment == "Đo được ngay và rẻ."
    assert reader.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('sheet:'))") == []
    reader.leave()
