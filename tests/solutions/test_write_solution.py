"""Filling in the sections of a draft."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from marketplace.solutions.models import Solution
from marketplace.solutions.snapshot import TEXTS, edition_of
from tests import make
from tests.queries import count_queries
from tests.site import Site
from tests.solutions.entries import a_received_solution, a_solution, an_empty_solution

SECTIONS = ["summary", "approach", "team", "pilot"]


@pytest.fixture
def draft(app) -> Solution:
    return an_empty_solution(make.a_challenge(), make.a_member(make.an_organisation()))


def site_of(app, solution) -> Site:
    return Site(app, solution.author, language="en")


@pytest.mark.feature("21")
def test_each_section_is_saved_and_the_list_shows_what_is_done(app, draft):
    site = site_of(app, draft).open(f"/solutions/{draft.reference}")
    assert site.main.count("Not started") == 4
    assert site.main.count("Incomplete") == 1

    site.click("Title and summary").press("Save", summary="Tóm tắt", title_en="Street floods")
    site.click("Approach and impact").press("Save", approach="Cách làm\r\nhai dòng", impact="Lợi ích")
    site.click("Team").press("Save", team="Nhóm chín người")
    site.click("Pilot plan, cost and readiness").press(
        "Save", pilot_plan="Sáu tháng", cost_vnd="1.650.000.000", trl="7"
    )
    site.click("Terms and certification").press("Accept", accepts="y", certifies="y")

    db.session.refresh(draft)
    assert {name: getattr(draft, name) for name in TEXTS} == {
        "language": "vi",
        "title_vi": "Mưa Phố: cảnh báo ngập từng đoạn phố",
        "title_en": "Street floods",
        "summary": "Tóm tắt",
        "approach": "Cách làm\nhai dòng",
        "impact": "Lợi ích",
        "team": "Nhóm chín người",
        "pilot_plan": "Sáu tháng",
        "cost_vnd": 1_650_000_000,
        "trl": 7,
    }
    assert site.main.count("Completed") == 5
    assert (site.main.count("Missing"), site.main.count("Not started")) == (0, 0)
    assert f"Saved at {clock_words(draft)}" in site.main


def clock_words(solution) -> str:
    from marketplace.solutions.moments import to_the_second

    return to_the_second(solution.saved_at, "en")


@pytest.mark.feature("30")
def test_every_page_of_the_way_says_when_it_closes_and_what_time_it_is(app, draft):
    site = site_of(app, draft)
    pages = [f"/edit/{section}" for section in [*SECTIONS, "attachments", "terms"]]

    for path in ["", "/check", *pages]:
        said = site.open(f"/solutions/{draft.reference}{path}").page.find(id="deadline").get_text(" ", strip=True)
        assert "(Hanoi time)" in said
        assert "Server time now: " in said


def test_nothing_typed_is_lost_when_a_text_is_too_long(app, draft):
    too_long = "đ" * 5_001

    site = site_of(app, draft).open(f"/solutions/{draft.reference}/edit/approach")
    site.press("Save", approach=too_long, impact="ngắn")

    assert (site.status, site.errors) == (422, ["Approach: use at most 5,000 characters."])
    assert (site.value("approach"), site.value("impact")) == (too_long, "ngắn")
    db.session.refresh(draft)
    assert draft.impact is None


def test_letters_are_counted_as_people_count_them(app, draft):
    # five thousand letters, each two code points before composing, each line end two before it is one
    text = "e\u0301" * 2_500 + "\r\n" + "a" * 2_499

    site_of(app, draft).open(f"/solutions/{draft.reference}/edit/team").press("Save", team=text)

    db.session.refresh(draft)
    assert draft.team == "é" * 2_500 + "\n" + "a" * 2_499


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"cost_vnd": "1,5 tỷ"}, "Write a whole number of đồng, for example 1.500.000.000."),
        ({"cost_vnd": "-1"}, "Write a whole number of đồng, for example 1.500.000.000."),
        ({"cost_vnd": "99999999999999"}, "This amount is out of range."),
        ({"trl": "10"}, "Choose a level from 1 to 9."),
    ],
)
def test_a_wrong_figure_is_named_and_kept(app, draft, fields, error):
    site = site_of(app, draft).open(f"/solutions/{draft.reference}/edit/pilot").press("Save", **fields)

    assert (site.status, site.errors) == (422, [error])


def test_a_pilot_may_cost_nothing(app, draft):
    site_of(app, draft).open(f"/solutions/{draft.reference}/edit/pilot").press("Save", cost_vnd="0")

    db.session.refresh(draft)
    assert draft.cost_vnd == 0


@pytest.mark.feature("35")
def test_terms_are_not_ticked_beforehand_and_both_ticks_are_needed(app, draft):
    site = site_of(app, draft).open(f"/solutions/{draft.reference}/edit/terms")
    assert site.page.find_all("input", checked=True) == []
    assert "The entrant keeps all rights" in site.main

    site.press("Accept", accepts="y")
    assert (site.status, site.errors) == (422, ["Confirm that what you say is true and that you may sign."])
    site.press("Accept", certifies="y")

    db.session.refresh(draft)
    assert draft.terms_accepted_by_id == draft.author_id
    assert draft.terms_accepted_at is not None


@pytest.mark.feature("T-072")
def test_two_colleagues_who_edit_one_section_see_both_texts_and_lose_none(app, draft):
    thu = make.a_member(draft.organisation)
    minh, mine = site_of(app, draft), f"/solutions/{draft.reference}/edit/team"
    minh.open(mine)
    Site(app, thu, language="en").open(mine).press("Save", team="<b>Của Thu</b><script>alert(1)</script>")

    minh.press("Save", team="Của Minh & nhóm")

    assert minh.status == 409
    cards = [card.get_text(" ", strip=True) for card in minh.page.find_all(class_="card")]
    assert cards == [
        "Saved by somebody else <b>Của Thu</b><script>alert(1)</script>",
        "Typed by you Của Minh & nhóm",
    ]
    assert "<script>alert" not in minh.html
    assert minh.value("team") == "Của Minh & nhóm"
    db.session.refresh(draft)
    assert draft.team == "<b>Của Thu</b><script>alert(1)</script>"

    minh.press("Save mine instead")

    db.session.refresh(draft)
    assert (minh.status, draft.team) == (200, "Của Minh & nhóm")


def test_colleagues_in_different_sections_do_not_disturb_each_other(app, draft):
    thu = make.a_member(draft.organisation)
    minh = site_of(app, draft).open(f"/solutions/{draft.reference}/edit/team")
    Site(app, thu, language="en").open(f"/solutions/{draft.reference}/edit/approach").press("Save", approach="Của Thu")

    minh.press("Save", team="Của Minh")

    db.session.refresh(draft)
    assert (minh.status, draft.approach, draft.team) == (200, "Của Thu", "Của Minh")


def test_pressing_save_twice_is_no_conflict(app, draft):
    site = site_of(app, draft).open(f"/solutions/{draft.reference}/edit/team")
    edition = site.value("edition")

    answers = [site.send(f"/solutions/{draft.reference}/edit/team", team="Nhóm", edition=edition).status for _ in "ab"]

    assert answers == [200, 200]


def test_the_fingerprint_of_a_section_follows_its_own_columns_only(app, draft):
    before = edition_of(draft, ["team"])
    services.save_solution(draft, actor=draft.author, approach="khác")
    unchanged = edition_of(draft, ["team"])
    services.save_solution(draft, actor=draft.author, team="khác")

    assert (unchanged == before, edition_of(draft, ["team"]) == before) == (True, False)


@pytest.mark.feature("T-069", "T-070")
def test_a_draft_does_not_exist_for_strangers_and_viewers_only_read_it(app, draft):
    stranger, viewer = make.a_member(make.an_organisation()), make.a_member(draft.organisation, Role.VIEWER)
    writing = [f"edit/{section}" for section in [*SECTIONS, "terms"]]
    posts = [*writing, "files", "files/TL-00000000/removal", "versions", "withdrawal"]

    def statuses(person, method):
        site = Site(app, person, language="en")
        return {getattr(site, method)(f"/solutions/{draft.reference}/{path}").status for path in posts}

    assert statuses(stranger, "send") == {404}
    assert Site(app, stranger, language="en").open(f"/solutions/{draft.reference}").status == 404
    assert Site(app, viewer, language="en").open(f"/solutions/{draft.reference}").status == 200
    site = Site(app, viewer, language="en")
    assert [site.send(f"/solutions/{draft.reference}/{path}").status for path in [*writing, "files"]] == [403] * 6
    db.session.refresh(draft)
    assert (draft.edition, draft.terms_accepted_at) == (1, None)


@pytest.mark.feature("T-089")
def test_after_closing_no_address_changes_the_draft_and_what_was_typed_is_shown(app):
    solution = a_received_solution(make.a_challenge())
    site = site_of(app, solution)

    with clock.at(solution.challenge.closes_at):
        site.open("/solutions")
        saved = site.send(f"/solutions/{solution.reference}/edit/team", team="quá giờ")
        assert (saved.status, saved.value("team"), saved.buttons().count("Save")) == (409, "quá giờ", 0)
        others = {
            "edit/terms": {"accepts": "y", "certifies": "y"},
            "files": {},
            "files/TL-00000000/removal": {},
            "withdrawal": {},
        }
        assert {
            site.send(f"/solutions/{solution.reference}/{path}", **fields).status for path, fields in others.items()
        } == {409}
        assert site.open(f"/solutions/{solution.reference}/edit/team").address.endswith(solution.reference)
    db.session.refresh(solution)
    assert (solution.team, solution.stage) == ("Chín kỹ sư thủy lực và lập trình.", "submitted")


def test_an_unknown_section_does_not_exist(app, draft):
    assert site_of(app, draft).open(f"/solutions/{draft.reference}/edit/score").status == 404


def test_the_journal_tells_of_a_save_without_its_words(app, draft):
    site_of(app, draft).open(f"/solutions/{draft.reference}/edit/team").press("Save", team="BÍ MẬT KINH DOANH")

    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "SolutionSaved")).one()
    assert "BÍ MẬT" not in f"{entry.changes}{entry.facts}{entry.object_name}"
    assert (entry.object_reference, entry.facts["fields"]) == (draft.reference, ["team"])


@pytest.mark.feature("N12")
def test_the_list_of_what_is_missing_names_each_gap_and_leads_to_it(app, draft):
    site = site_of(app, draft).open(f"/solutions/{draft.reference}/check")

    assert [link for link in site.links() if link.startswith("Missing")] == [
        "Missing: the summary",
        "Missing: the approach",
        "Missing: the impact",
        "Missing: the team",
        "Missing: the pilot plan",
        "Missing: the cost of the pilot",
        "Missing: the technology readiness level",
        "Missing: the accepted terms",
    ]
    assert "Submit" not in site.buttons()
    assert site.click("Missing: the team").address.endswith("/edit/team")


def test_the_check_page_shows_what_judges_will_see_in_the_entrants_language(app):
    solution = a_solution(make.a_challenge(), make.a_member(make.an_organisation()), approach="Một\n\n<i>Hai</i>")

    site = site_of(app, solution).open(f"/solutions/{solution.reference}/check")

    marked = [tag.get_text() for tag in site.page.find(id="main").find_all("p", lang="vi")]
    assert marked[1:3] == ["Một", "<i>Hai</i>"]
    assert site.links().count("Change Title and summary") == 1
    assert "VND 1,650,000,000" in site.main
    assert site.buttons().count("Submit") == 1


def test_the_list_of_tasks_asks_the_database_the_same_whatever_is_attached(app):
    minh = make.a_member(make.an_organisation())
    small, large = a_solution(make.a_challenge(), minh), a_solution(make.a_challenge(), minh)
    site = Site(app, minh, language="en")
    for number in range(3):
        site.open(f"/solutions/{large.reference}/edit/attachments")
        site.press("Attach", files={"files": (b"%PDF-" + bytes([number + 65]), f"{number}.pdf")})

    counts = []
    for solution in (small, large):
        with count_queries() as counted:
            site.open(f"/solutions/{solution.reference}")
        counts.append(len(counted))

    assert counts[1] <= counts[0] + 1
