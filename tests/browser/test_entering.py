"""An entry from the challenge's page to its receipt: by keyboard alone, without JavaScript, on a narrow phone."""

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.solutions.models import Solution, SolutionVersion
from tests import make
from tests.browsing import Reader
from tests.solutions.entries import an_empty_solution

pytestmark = pytest.mark.browser
TEXTS = {
    "summary": {"summary": "Cảnh báo ngập trước 75 phút."},
    "approach": {"approach": "Ghép mưa với mực nước cống.", "impact": "Sáu vạn lượt xe."},
    "team": {"team": "Chín kỹ sư."},
    "pilot": {"pilot_plan": "Sáu tháng.", "cost_vnd": "900000000", "trl": "6"},
}
LINKS = {
    "summary": "Title and summary",
    "approach": "Approach and impact",
    "team": "Team",
    "pilot": "Pilot plan, cost and readiness",
}


@pytest.fixture
def minh(app):
    return make.a_member(make.an_organisation("Công ty Mưa Phố"))


def received_titles():
    db.session.rollback()
    return [
        version.content["title_vi"] or version.content["title_en"]
        for version in db.session.scalars(select(SolutionVersion))
    ]


def fits(reader) -> bool:
    return reader.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def enter(reader, challenge, on_each_page=lambda: None):
    """The whole way, as people with a mouse or a finger go it."""
    reader.open(f"/challenges/{challenge.slug}").click("Start a solution")
    on_each_page()
    reader.fill(title="Mưa Phố").press("Start")
    on_each_page()
    for section, texts in TEXTS.items():
        reader.click(LINKS[section])
        on_each_page()
        reader.fill(**texts).press("Save")
    reader.click("Terms and certification")
    on_each_page()
    reader.fill(accepts="y", certifies="y").press("Accept").click("Check answers and send")
    on_each_page()
    reader.press("Submit")
    on_each_page()


@pytest.mark.feature("105")
def test_an_entry_is_sent_without_javascript(app, chromium, address, minh):
    challenge = make.a_challenge()
    reader = Reader(chromium, app=app, address=address, language="en", script=False).enter(minh)

    enter(reader, challenge)

    assert reader.sees("Your solution was received")
    assert received_titles() == ["Mưa Phố"]
    reader.leave()


def test_an_entry_is_sent_on_a_phone_of_360_pixels(app, chromium, address, minh):
    challenge = make.a_challenge()
    reader = Reader(chromium, app=app, address=address).enter(minh)
    reader.page.set_viewport_size({"width": 360, "height": 740})
    too_wide = []

    enter(reader, challenge, lambda: None if fits(reader) else too_wide.append(reader.page.url))

    assert (too_wide, received_titles(), reader.faults) == ([], ["Mưa Phố"], [])
    reader.leave()


class Hands:
    """Somebody who has only a keyboard."""

    def __init__(self, reader: Reader):
        self.page = reader.page

    def reach(self, selector: str) -> "Hands":
        """Tab on until the element has the focus, at most once around the page."""
        wanted = self.page.locator(selector).first.element_handle()
        for _ in range(90):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("element => element === document.activeElement", wanted):
                return self
        raise AssertionError(f"no way to {selector} by keyboard on {self.page.url}")

    def types(self, **fields: str) -> "Hands":
        for name, value in fields.items():
            self.reach(f"main [name='{name}']")
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(value)
        return self

    def enters(self, selector: str) -> "Hands":
        """Go there and press Enter, which leads to another page."""
        db.session.commit()
        with self.page.expect_navigation():
            self.reach(selector).page.keyboard.press("Enter")
        return self


def _the_rest_is_filled_in():
    """Each section is gone through in the same way: one is enough."""
    draft = db.session.scalars(select(Solution)).one()
    for name, text in (TEXTS["summary"] | TEXTS["approach"] | TEXTS["team"]).items():
        setattr(draft, name, text)
    db.session.commit()


def test_an_entry_is_sent_by_keyboard_alone(app, chromium, address, minh):
    challenge = make.a_challenge()
    reader = Reader(chromium, app=app, address=address, language="en").enter(minh)
    reader.open(f"/challenges/{challenge.slug}")
    hands = Hands(reader).enters("text=Start a solution").types(title="Mưa Phố").enters("main button:has-text('Start')")
    _the_rest_is_filled_in()

    hands.enters(f"main a:has-text('{LINKS['pilot']}')").types(pilot_plan="Sáu tháng.", cost_vnd="900000000")
    hands.reach("main [name='trl']").page.keyboard.type("6")
    hands.enters("main button:has-text('Save')")
    hands.enters("main a:has-text('Terms and certification')")
    for box in ("accepts", "certifies"):
        hands.reach(f"[name='{box}']").page.keyboard.press("Space")
    hands.enters("main button:has-text('Accept')").enters("text=Check answers and send")
    hands.enters("main button:has-text('Submit')")

    assert reader.sees("Your solution was received")
    assert (received_titles(), reader.faults) == (["Mưa Phố"], [])
    reader.leave()


def state(reader, name) -> None:
    reader.page.wait_for_selector(f"#saved[data-state='{name}']")


@pytest.mark.feature("22")
def test_what_is_typed_without_a_connection_is_kept_and_sent_when_it_is_back(app, chromium, address, minh):
    draft = an_empty_solution(make.a_challenge(), minh)
    reader = Reader(chromium, app=app, address=address, language="en").enter(minh)
    reader.open(f"/solutions/{draft.reference}/edit/team")
    field, away = reader.page.locator("textarea[name=team]"), reader.page.locator("h1")

    field.fill("Gõ khi có mạng.")
    away.click()
    state(reader, "saved")
    assert reader.sees("Saved at")
    reader.page.get_by_text("Missing: the team").wait_for(state="hidden")
    reader.context.set_offline(True)
    field.fill("Gõ khi mất mạng.")
    away.click()
    state(reader, "unsent")
    reader.page.goto("about:blank")
    reader.context.set_offline(False)
    reader.open(f"/solutions/{draft.reference}/edit/team")

    state(reader, "saved")
    assert field.input_value() == "Gõ khi mất mạng."
    db.session.rollback()
    assert db.session.scalars(select(Solution.team)).one() == "Gõ khi mất mạng."
    assert reader.page.evaluate("localStorage.length") == 0
    reader.leave()


@pytest.mark.feature("T-072")
def test_two_people_at_browsers_that_save_by_themselves_see_both_texts(app, chromium, address, minh):
    draft = an_empty_solution(make.a_challenge(), minh)
    reader = Reader(chromium, app=app, address=address, language="en").enter(minh)
    reader.open(f"/solutions/{draft.reference}/edit/team")
    draft.team = "Của Thu"
    db.session.commit()

    reader.page.locator("textarea[name=team]").fill("Của Minh")
    reader.page.locator("h1").click()
    state(reader, "differing")

    assert reader.sees("Saved by somebody else")
    assert reader.sees("Của Thu")
    reader.press("Save mine instead")
    db.session.rollback()
    assert db.session.scalars(select(Solution.team)).one() == "Của Minh"
    reader.leave()
