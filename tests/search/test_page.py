"""The search page: everything public, found by anybody, in any spelling."""

from urllib.parse import quote, urlencode

import pytest

from marketplace.challenges import services as challenges
from marketplace.challenges.stages import Field, Stage
from marketplace.challenges.translating import LISTS, PAIRS
from marketplace.db import db
from marketplace.organisations import services as organisations
from marketplace.organisations.stages import Role
from marketplace.search import services as search
from tests import make
from tests.queries import count_queries
from tests.site import Site


def titles(site):
    return [each.get_text(" ", strip=True) for each in site.page.select("#results h2 a")]


def quiet(**fields):
    """A challenge that says nothing but what the test says."""
    texts = [f"{name}_{language}" for name in PAIRS if name != "title" for language in ("vi", "en")]
    nothing = dict.fromkeys([*texts, "title_en"]) | {name: [] for name in LISTS}
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

    site.press("Narrow down", kind="organisation")

    assert titles(site) == ["Viện Nước sạch Sông Nhuệ"]
    assert "Challenge (1)" in site.main


@pytest.mark.feature("94", "T-061")
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
    for each in ("Xử lý nước thải", "Công nghệ thông tin cho xã", "Giảm tai nạn giao thông", "Mái nhà NLMT"):
        quiet(title_vi=each)
    quiet(title_vi="Mở không gian thử nghiệm")

    site = Site(app, language="en").open(f"/search?q={quote(typed)}")

    assert titles(site) == [title]
    assert "Did you mean" not in site.main
    assert site.page.select("#results mark")


@pytest.mark.feature("94")
def test_a_mistyped_word_of_the_glossary_is_put_right_though_only_the_other_language_holds_it(app):
    quiet(title_vi="Mở vườn ươm")

    site = Site(app, language="en").open("/search?q=incubatr")
    site.click("incubator")

    assert titles(site) == ["Mở vườn ươm"]


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


@pytest.mark.feature("93", "T-059")
@pytest.mark.parametrize("typed", HOSTILE)
def test_no_typed_words_break_the_page(app, typed):
    quiet(title_vi="Cảnh báo ngập")

    site = Site(app, language="en").open(f"/search?q={quote(typed)}&kind={quote(typed[:50])}&page=99999999")

    assert site.status == 200


# Words, facts, spellings and operators that could tell of drafts, reviews and challenges for the invited.
PRYING = [
    "bí mật",
    "bimat",
    "bimta",
    '"bản nháp kín"',
    "title:bimat",
    "tên:bimat",
    "NOT rác",
    "rác NOT bimat",
    "-bimat",
]
PRYING += [
    "kind:challenge",
    "field:medicine",
    "house:state",
    "stage:draft",
    "status:sealed",
    "score:>4",
    "reviewer:lan",
]
PRYING += ["invited:yes", "rác OR bimat", "(rác) (bimat)", "bản nháp", "y tế", "phân loại", "sở kín", "BCT-2026"]


@pytest.mark.feature("N7", "T-063")
def test_what_is_hidden_changes_no_byte_of_what_others_find(app):
    agency = make.an_agency("Sở Kín")
    quiet(title_vi="Phân loại rác", agency=agency)
    pages = ["/search?" + urlencode({"q": typed}) for typed in PRYING] + ["/search?kind=challenge&house=state&q=kin"]
    pages += ["/challenges?q=bimat", "/challenges?q=kin"]
    before = [Site(app, language="en").open(page).body for page in pages]

    member = make.a_member(agency)
    draft = challenges.draft_challenge(agency, actor=member, title_vi="Bản nháp kín bí mật")
    challenges.edit_challenge(draft, actor=member, description_vi="bí mật bimat", field=Field.MEDICINE)
    for hidden in ({"stage": Stage.IN_REVIEW}, {"invited_only": True}):
        make.a_challenge(agency, title_vi="Phân loại kín bí mật", summary_vi="bimat", field=Field.MEDICINE, **hidden)

    assert [Site(app, language="en").open(page).body for page in pages] == before
    # nor does the member who wrote them learn of any more from search than strangers do
    insider = Site(app, member, language="en").open("/search?q=bimat")
    assert titles(insider) == []
    assert not insider.page.select("#kind option[value=challenge]")


@pytest.mark.feature("94")
def test_words_are_put_right_only_where_they_lead_somewhere_together(app):
    quiet(title_vi="Cảm biến", title_en="Water level sensors")
    quiet(title_vi="Người cao tuổi", title_en="Company for citizens")

    def proposed(typed):
        return Site(app, language="en").open(f"/search?q={quote(typed)}").page.select(".notice a")

    assert proposed("senior citizens") == []
    assert [link.text for link in proposed("watre sensors")] == ["water sensors"]
    # what else nothing holds does not keep the rest from being put right
    assert [link.text for link in proposed("watre qqqqqqqqq sensors")] == ["water qqqqqqqqq sensors"]


@pytest.mark.feature("94")
def test_words_are_put_right_as_they_are_spelled_together(app):
    quiet(title_vi="Môi trường sạch, đổi rác lấy quà")
    quiet(title_vi="Đổi mới cách đón tiếp")

    site = Site(app, language="en").open("/search?q=ddooir+mowis")

    assert [link.text for link in site.page.select(".notice a")] == ["đổi mới"]


@pytest.mark.feature("N7")
def test_what_was_found_once_leaves_no_spelling_and_no_count_when_it_is_taken_away(app):
    make.an_organisation("Công ty Rác sạch")
    quiet(title_vi="Máy ép khoai zxcvbn")
    assert "Did you mean" in Site(app, language="en").open("/search?q=zxcvbm").main

    search.drop("challenge", "may-ep-khoai-zxcvbn")
    db.session.commit()

    site = Site(app, language="en").open("/search?q=zxcvbm")
    assert "Did you mean" not in site.main
    assert "Challenge (1)" not in site.open("/search?q=").main


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
