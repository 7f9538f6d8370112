"""Finding organisations, and the public profile."""

import pytest

from marketplace.organisations.models import Place
from marketplace.organisations.services import add_organisation
from marketplace.organisations.stages import Claim, Helix, Kind, Role
from tests import make
from tests.queries import count_queries
from tests.site import Site


def names(site):
    return [each.get_text() for each in site.page.select("#results h2")]


def test_organisations_are_found_with_and_without_diacritics(app):
    make.an_organisation("Viện Thủy văn Đô thị", kind=Kind.INSTITUTE)
    make.an_organisation("Công ty Sông Xanh")

    marked = Site(app).open("/organisations?q=Thủy văn")
    bare = Site(app).open("/organisations?q=thuy van do")

    assert names(marked) == names(bare) == ["Viện Thủy văn Đô thị"]


def test_organisations_stand_in_vietnamese_order(app):
    for name in ("Đống Đa", "Yên Hòa", "Dương Nội", "Ăn ngon", "An Khánh"):
        make.an_organisation(name)

    assert names(Site(app).open("/organisations")) == ["An Khánh", "Ăn ngon", "Dương Nội", "Đống Đa", "Yên Hòa"]


def test_a_house_and_a_kind_narrow_the_list(app):
    make.an_organisation("Viện Một", kind=Kind.INSTITUTE)
    make.an_organisation("Đại học Hai", kind=Kind.UNIVERSITY)
    make.an_organisation("Công ty Ba")

    academia = Site(app).open("/organisations?house=academia")
    institutes = Site(app).open("/organisations?house=academia&kind=institute")
    nonsense = Site(app).open("/organisations?house=x&kind=%25")

    assert names(academia) == ["Đại học Hai", "Viện Một"]
    assert names(institutes) == ["Viện Một"]
    assert names(nonsense) == ["Công ty Ba", "Đại học Hai", "Viện Một"]


def test_a_page_holds_twenty(app):
    for number in range(21):
        make.an_organisation(f"Công ty {number:02}")

    first = Site(app, language="en").open("/organisations")
    second = Site(app, language="en").open("/organisations?page=2")

    assert len(names(first)) == 20
    assert names(second) == ["Công ty 20"]
    assert "21 organisations" in second.main


def test_a_body_that_nobody_speaks_for_is_marked(app):
    add_organisation(Kind.DEPARTMENT, helix=Helix.STATE, name_vi="Sở Xây dựng", name_en="Department of Construction")
    make.an_organisation("Công ty Sông Xanh")

    site = Site(app, language="en").open("/organisations")

    rows = site.page.select("#results .cards > li")
    assert ["Nobody speaks for it here yet" in row.get_text() for row in rows] == [False, True]


def test_nothing_found_offers_ways_out(visitor):
    site = visitor.open("/en/organisations?q=khong-co")

    assert "Nothing was found" in site.main
    assert "All organisations" in site.links()


def test_the_list_asks_as_much_for_three_as_for_one(app):
    make.an_organisation()
    with count_queries() as one:
        Site(app).open("/organisations")
    make.an_organisation()
    make.an_organisation()
    with count_queries() as three:
        Site(app).open("/organisations")

    assert len(three) == len(one)


@pytest.mark.feature("104")
def test_the_profile_shows_capabilities_and_evidence_in_the_readers_language(app):
    organisation = make.an_organisation(
        "Công ty Sông Xanh",
        name_en="Green River",
        summary_vi="Làm sạch nước.",
        capabilities=[{"vi": "Thủy văn", "en": "Hydrology"}, {"vi": "Quan trắc"}],
        trl_from=4,
        trl_to=8,
    )
    make.evidence(organisation, "Quan trắc nước sông Nhuệ", "Hai mươi trạm.", year=2024)
    make.evidence(organisation, "Lọc nước hồ", year=2025)

    site = Site(app, language="en").open(f"/organisations/{organisation.slug}")

    assert site.page.h1.get_text() == "Green River"
    assert [(each.get_text(), each.get("lang")) for each in site.page.select(".tags li")] == [
        ("Hydrology", None),
        ("Quan trắc", "vi"),
    ]
    assert [each.get_text() for each in site.page.select(".rows h3")] == ["Lọc nước hồ", "Quan trắc nước sông Nhuệ"]
    assert site.page.select_one(".lead span")["lang"] == "vi"
    assert "levels 4 to 8" in site.text


def test_the_profile_names_the_ward_in_the_readers_language(app):
    from marketplace.db import db

    db.session.add(
        Place(code="00004", name_vi="Phường Ba Đình", name_en="Ba Dinh Ward", former_district="", former_units="")
    )
    organisation = make.an_organisation(place_code="00004")

    assert "Phường Ba Đình" in Site(app).open(f"/organisations/{organisation.slug}").text
    assert "Ba Dinh Ward" in Site(app, language="en").open(f"/organisations/{organisation.slug}").text


def test_the_profile_asks_as_much_for_three_lines_as_for_one(app):
    organisation = make.an_organisation()
    make.evidence(organisation, "Một")
    with count_queries() as one:
        Site(app).open(f"/organisations/{organisation.slug}")
    make.evidence(organisation, "Hai")
    make.evidence(organisation, "Ba")
    with count_queries() as three:
        Site(app).open(f"/organisations/{organisation.slug}")

    assert len(three) == len(one)


def test_an_unknown_organisation_does_not_exist(visitor):
    assert visitor.open("/organisations/khong-co").status == 404


def test_only_those_who_may_edit_are_offered_to(app):
    organisation = make.an_organisation()
    manager = make.a_member(organisation, Role.MANAGER)
    member = make.a_member(organisation, Role.MEMBER)
    address = f"/organisations/{organisation.slug}"

    links = {
        who: ["Edit the profile" in site.links(), "Members and invitations" in site.links()]
        for who, site in {
            "manager": Site(app, manager, language="en").open(address),
            "member": Site(app, member, language="en").open(address),
            "visitor": Site(app, language="en").open(address),
        }.items()
    }

    assert organisation.claim == Claim.CLAIMED
    assert links == {"manager": [True, True], "member": [False, True], "visitor": [False, False]}


@pytest.mark.parametrize("slug", ["%00", "a%00b", "%F0%9F%90%9F", "..%2f", "x" * 500])
def test_an_address_that_cannot_be_does_not_exist(visitor, slug):
    assert visitor.open(f"/organisations/{slug}").status == 404
