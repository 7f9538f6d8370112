"""The public list and the challenge page."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.challenges.stages import Stage
from tests import make
from tests.queries import count_queries
from tests.site import Site


@pytest.mark.feature("94")
@pytest.mark.parametrize("typed", ["ngập úng", "ngap ung", "NGẬP", "ngâ\u0323p"])
def test_words_are_found_with_and_without_diacritics(app, typed):
    make.a_challenge(title_vi="Cảnh báo ngập úng", title_en=None)
    make.a_challenge(
        title_vi="Phân loại rác", title_en=None, description_vi="Rác thải. " * 30, summary_vi="Rác", summary_en=None
    )

    site = Site(app, language="en").open(f"/challenges?q={typed}")

    assert "Cảnh báo ngập úng" in site.main
    assert "Phân loại rác" not in site.main


@pytest.mark.parametrize(("phase", "found"), [("open", [True, False]), ("closed", [False, True])])
def test_words_are_looked_for_among_the_challenges_of_a_phase(app, phase, found):
    now = datetime.now(UTC)
    make.a_challenge(title_vi="Cảnh báo ngập úng", title_en=None)
    past = {"opens_at": now - timedelta(days=3), "closes_at": now - timedelta(days=1)}
    make.a_challenge(title_vi="Bản đồ ngập cũ", title_en=None, **past)

    site = Site(app, language="en").open(f"/challenges?q=ngập&phase={phase}")

    assert [title in site.main for title in ("Cảnh báo ngập úng", "Bản đồ ngập cũ")] == found


@pytest.mark.parametrize("typed", ["%", "_", '"', "C++", "-x", "\\", "'; DROP", "a" * 10_000])
def test_no_typed_words_break_the_list(app, typed):
    make.a_challenge(title_vi="Cảnh báo ngập", title_en=None)

    site = Site(app, language="en").open("/challenges?" + "q=" + typed.replace("%", "%25"))

    assert site.status == 200


@pytest.mark.feature("11", "12")
def test_the_clock_opens_and_closes(app):
    now = datetime.now(UTC)
    challenge = make.a_challenge(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=3))
    site = Site(app, language="en")

    phases = []
    for day in (0, 2, 4):
        with make.clock.at(now + timedelta(days=day)):
            phases.append(site.open(f"/challenges/{challenge.slug}").page.find(class_="chip").get_text(strip=True))

    assert phases == ["Opening soon", "Open", "Closed"]


@pytest.mark.feature("T-054")
def test_drafts_are_nowhere_for_a_visitor(app):
    draft = make.a_draft_challenge(title_vi="Bản nháp kín", title_en=None)
    review = make.a_challenge(stage=Stage.IN_REVIEW, title_vi="Đang xét kín", title_en=None)
    site = Site(app)

    listing = site.open("/challenges").main

    assert "Bản nháp kín" not in listing
    assert "Đang xét kín" not in listing
    assert site.open(f"/challenges/{draft.slug}").status == 404
    assert site.open(f"/challenges/{review.slug}").status == 404


def test_the_list_asks_as_many_questions_for_3_rows_as_for_60(app):
    def queries():
        with count_queries() as statements:
            Site(app).open("/challenges")
        return len(statements)

    for _number in range(3):
        make.a_challenge()
    few = queries()
    for _number in range(57):
        make.a_challenge()

    assert queries() == few
    assert few <= 12


@pytest.mark.feature("104")
def test_a_missing_translation_falls_back_and_says_its_language(app):
    challenge = make.a_challenge(title_vi="Chỉ có tiếng Việt", title_en=None)

    site = Site(app, language="en").open(f"/challenges/{challenge.slug}")

    assert site.page.h1.find("span", lang="vi").get_text() == "Chỉ có tiếng Việt"


def test_hostile_text_is_shown_as_text(app):
    challenge = make.a_challenge(description_vi='<script>window.__xss=1</script><div hx-get="/x">' + "a" * 200)

    site = Site(app).open(f"/challenges/{challenge.slug}")

    assert "<script>window.__xss" not in site.html
    assert site.page.find(attrs={"hx-get": "/x"}) is None


def test_htmx_gets_only_the_part_and_a_browser_the_page(app):
    make.a_challenge()
    site = Site(app)

    part = site.open("/challenges", **{"HX-Request": "true", "HX-Target": "results"}).html
    whole = site.open("/challenges").html

    assert part.strip().startswith('<section id="results"')
    assert "<html" in whole
    assert {"HX-Request", "HX-Target", "Cookie"} <= set(site.headers["Vary"].split(", "))


@pytest.mark.feature("2")
def test_the_list_is_narrowed_by_batch_and_group_of_the_citys_list(app):
    flood = make.a_challenge(title_vi="Cảnh báo ngập", title_en=None, list_batch="Đợt 1", list_group="Môi trường")
    make.a_challenge(title_vi="Phân luồng giao thông", title_en=None, list_batch="Đợt 1", list_group="Giao thông")
    make.a_challenge(title_vi="Việc khác", title_en=None)
    make.a_challenge(title_vi="Việc kín", title_en=None, list_batch="Đợt kín", invited_only=True)

    site = Site(app, language="en").open("/challenges")
    offered = [option.get_text() for option in site.page.select("#list_batch option")]
    found = site.press("Search", list_batch="Đợt 1", list_group="Môi trường").main

    assert offered == ["All", "Đợt 1"]
    assert [title in found for title in ("Cảnh báo ngập", "Phân luồng", "Việc khác")] == [True, False, False]
    assert "Đợt 1 · Môi trường" in Site(app).open(f"/challenges/{flood.slug}").text
