"""The search page: everything public, found by anybody, in any spelling."""

from urllib.parse import quote

import pytest

from marketplace.challenges import services as challenges
from marketplace.challenges.stages import Stage
from marketplace.organisations import services as organisations
from marketplace.organisations.stages import Role
from tests import make
from tests.queries import count_queries
from tests.site import Site


def titles(site):
    return [each.get_text(" ", strip=True) for each in site.page.select("#results h2 a")]


def quiet(**fields):
    """A challenge that says nothing but what the test says."""
    texts = ("summary_en", "users_vi", "data_vi", "adoption_vi", "summary_vi", "description_vi", "title_en")
    nothing = dict.fromkeys(texts) | {"outcomes": [], "capabilities": []}
    return make.a_challenge(**{**nothing, **fields})


@pytest.mark.feature("93")
def test_challenges_organisations_and_facets_stand_on_one_page(app):
    quiet(title_vi="Giám sát chất lượng nước sông")
    make.an_organisation("Viện Nước sạch Sông Nhuệ", summary_vi="Đo chất lượng nước bằng cảm biến")
    quiet(title_vi="Bãi đỗ xe thông minh")

    site = Site(app, language="en").open("/search?q=" + quote("chất lượng nước"))

    assert set(titles(site)) == {"Giám sát chất lượng nước sông", "Viện Nước sạch Sông Nhuệ"}
    assert "2 results" in site.main
    assert "Challenge (1)" in site.main
    assert "Organisation (1)" in site.main

    site.press("Search", kind="organisation")

    assert titles(site) == ["Viện Nước sạch Sông Nhuệ"]
    assert "Challenge (1)" in site.main


@pytest.mark.feature("94")
@pytest.mark.parametrize("typed", ["đổi mới", "doi moi", "DOI MOI", "đô\u0309i mơ\u0301i", "dổi mơi", "ddooir mowis"])
def test_the_same_is_found_in_every_spelling(app, typed):
    quiet(title_vi="Đổi mới cách đón tiếp người dân")
    quiet(title_vi="Phân loại rác")

    site = Site(app, language="en").open(f"/search?q={quote(typed)}")
    if "Did you mean" in site.main:
        site.click("đổi mới")

    assert titles(site) == ["Đổi mới cách đón tiếp người dân"]


@pytest.mark.feature("94")
@pytest.mark.parametrize(
    ("typed", "title"), [("wastewater", "Xử lý nước thải"), ("CNTT", "Công nghệ thông tin cho xã")]
)
def test_topics_are_found_by_other_names_and_in_the_other_language(app, typed, title):
    quiet(title_vi="Xử lý nước thải")
    quiet(title_vi="Công nghệ thông tin cho xã")

    assert titles(Site(app).open(f"/search?q={typed}")) == [title]


def test_a_former_district_finds_those_who_sit_in_its_wards(app):
    from marketplace.db import db
    from marketplace.organisations.models import Place

    db.session.add(
        Place(
            code="00004",
            name_vi="Phường Ba Đình",
            name_en="Ba Dinh",
            former_district="Ba Đình",
            former_units="Trúc Bạch; Quán Thánh",
        )
    )
    make.an_organisation("Công ty Hồ Tây", place_code="00004")

    assert titles(Site(app).open("/search?q=" + quote("trúc bạch"))) == ["Công ty Hồ Tây"]


@pytest.mark.feature("93")
def test_what_was_found_is_marked_and_the_passage_is_the_one_that_answers(app):
    quiet(title_vi="Phố đi bộ", description_vi="Lời dẫn dài. " * 60 + "Cần đếm người bằng camera đặt cao.")

    site = Site(app).open("/search?q=dem+nguoi")

    assert [each.get_text() for each in site.page.select("#results mark")] == ["đếm người"]


@pytest.mark.feature("93")
def test_a_mistyped_word_is_put_right_by_one_click(app):
    quiet(title_en="Drainage of old streets", title_vi=None)

    site = Site(app, language="en").open("/search?q=dranage")

    assert titles(site) == []
    site.click("drainage")
    assert titles(site) == ["Drainage of old streets"]


def test_a_change_of_a_profile_is_found_at_once(app):
    organisation = make.an_organisation("Công ty Một")
    manager = make.a_member(organisation, Role.MANAGER)

    organisations.edit_organisation(organisation, actor=manager, name_vi="Công ty Hai", summary_vi="Chuyên thủy canh")

    site = Site(app)
    assert titles(site.open("/search?q=" + quote("thuỷ canh"))) == ["Công ty Hai"]
    assert titles(site.open("/search?q=mot")) == []


HOSTILE = ['"', "AND", "NEAR(", "foo:bar", "*", "-x", "C++", "''", "", "a" * 10_000, "x " * 2_000, "%", "_", "\\"]
HOSTILE += [
    "(a+)+$",
    "score:>4",
    "reviewer:anna",
    "status:sealed",
    "NOT NOT a",
    "(" * 400,
    "kind:",
    ":",
    "title:",
    "- -",
]


@pytest.mark.feature("93")
@pytest.mark.parametrize("typed", HOSTILE)
def test_no_typed_words_break_the_page(app, typed):
    quiet(title_vi="Cảnh báo ngập")

    site = Site(app, language="en").open(f"/search?q={quote(typed)}&kind={quote(typed[:50])}&page=99999999")

    assert site.status == 200


@pytest.mark.feature("N7")
@pytest.mark.parametrize("typed", ["bí mật", "kind:challenge", "stage:draft", "NOT rác", "bimat", '"bản nháp kín"'])
def test_drafts_and_reviews_change_no_byte_of_what_others_find(app, typed):
    agency = make.an_agency("Sở Kín")
    quiet(title_vi="Phân loại rác", agency=agency)
    before = Site(app, language="en").open(f"/search?q={quote(typed)}").body

    member = make.a_member(agency)
    draft = challenges.draft_challenge(agency, actor=member, title_vi="Bản nháp kín bí mật")
    challenges.edit_challenge(draft, actor=member, description_vi="bí mật bimat")
    make.a_challenge(agency, stage=Stage.IN_REVIEW, title_vi="Đang xét bí mật")

    assert Site(app, language="en").open(f"/search?q={quote(typed)}").body == before


def test_three_results_ask_the_database_as_often_as_one(app):
    quiet(title_vi="Nước sạch một")
    site = Site(app)
    with count_queries() as one:
        site.open("/search?q=nuoc")
    quiet(title_vi="Nước sạch hai")
    quiet(title_vi="Nước sạch ba")

    with count_queries() as three:
        site.open("/search?q=nuoc")
    assert len(titles(site)) == 3
    assert len(three) == len(one)


def test_the_index_made_anew_is_the_same(app):
    quiet(title_vi="Phân loại rác")
    make.an_organisation("Công ty Rác sạch")
    before = titles(Site(app).open("/search?q=rac"))

    result = app.test_cli_runner().invoke(args=["search", "rebuild"])

    assert result.output.startswith("challenge 1, organisation 2, result 0")
    assert set(titles(Site(app).open("/search?q=rac"))) == set(before) == {"Phân loại rác", "Công ty Rác sạch"}
