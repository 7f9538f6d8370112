"""Registering an organisation and editing its profile."""

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.errors import Refused
from marketplace.organisations.models import Organisation, Place
from marketplace.organisations.policy import role_of
from marketplace.organisations.services import register_organisation
from marketplace.organisations.stages import KINDS_TO_REGISTER, Claim, Helix, Kind, Role
from tests import make
from tests.site import Site


def only_organisation():
    return db.session.scalars(select(Organisation)).one()


def a_place(code="00004", name="Phường Ba Đình"):
    db.session.add(Place(code=code, name_vi=name, name_en="Ba Dinh Ward", former_district="", former_units=""))
    db.session.commit()


def test_somebody_registers_an_organisation_and_owns_it(app):
    lan = make.a_person()
    a_place()
    site = Site(app, lan, language="en").open("/organisations/new")

    site.press(
        "Register the organisation",
        kind="startup",
        name_vi="Công ty Sông Xanh",
        name_en="Green River",
        summary_vi="Làm sạch nước.",
        capabilities="Thủy văn | Hydrology\n\nwater quality\n| sensors\nThủy văn | Hydrology",
        website="songxanh.vn",
        place_code="00004",
        tax_code="0314409058-002",
    )

    organisation = only_organisation()
    assert site.address == "/en/organisations/cong-ty-song-xanh"
    assert (organisation.kind, organisation.helix, organisation.claim) == (Kind.STARTUP, Helix.BUSINESS, Claim.CLAIMED)
    assert organisation.capabilities == [
        {"vi": "Thủy văn", "en": "Hydrology"},
        {"en": "water quality"},
        {"en": "sensors"},
    ]
    assert organisation.website == "https://songxanh.vn"
    assert (organisation.tax_code, organisation.place_code) == ("0314409058-002", "00004")
    assert role_of(lan, organisation) == Role.OWNER


def test_the_form_offers_no_state_body(app):
    site = Site(app, make.a_person(), language="en").open("/organisations/new")

    kinds = {each["value"] for each in site.page.select("#kind option")}
    site.press("Register the organisation", kind="department", name_vi="Sở Tự lập")

    assert kinds == {kind.value for kind in KINDS_TO_REGISTER}
    assert not kinds & {"party", "department", "agency", "commune", "mass", "individual", "group"}
    assert site.status == 422
    assert db.session.scalars(select(Organisation)).all() == []


def test_nobody_registers_a_state_body_not_even_an_operator(app):
    with pytest.raises(Refused):
        register_organisation(Kind.DEPARTMENT, helix=Helix.STATE, actor=make.an_operator(), name_vi="Sở Tự lập")


def test_an_address_that_is_not_confirmed_registers_nothing(app):
    lan = make.a_person()
    lan.confirmed_at = None

    with pytest.raises(Refused):
        register_organisation(Kind.STARTUP, helix=Helix.BUSINESS, actor=lan, name_vi="Công ty")


def test_a_stranger_is_asked_to_sign_in(visitor):
    assert visitor.open("/organisations/new").address == "/sign-in"


def test_a_refused_form_keeps_what_was_typed_and_names_every_field(app):
    site = Site(app, make.a_person(), language="en").open("/organisations/new")

    site.press(
        "Register the organisation",
        name_vi="  ",
        summary_vi="Làm sạch nước.",
        website="javascript:alert(1)",
        tax_code="0100233480",
        capabilities="x" * 201,
    )

    assert site.status == 422
    assert site.errors == [
        "Enter a name in Vietnamese or in English.",
        "Use at most 200 characters a line.",
        "Enter an address that begins with https:// or http://.",
        "This is no tax code: check the digits.",
    ]
    assert (site.value("summary_vi"), site.value("tax_code")) == ("Làm sạch nước.", "0100233480")


@pytest.mark.parametrize(
    "website",
    [
        "http://",
        "ftp://a.vn",
        "https://a",
        "https://a b.vn",
        "https://u:p@a.vn",
        "http://[a.vn",
        "https://a.vn:99999999",
    ],
)
def test_a_website_is_a_web_address(app, website):
    site = Site(app, make.a_person(), language="en").open("/organisations/new")

    site.press("Register the organisation", name_vi="Công ty", website=website)

    assert site.errors == ["Enter an address that begins with https:// or http://."]


def test_a_tax_code_is_here_once_however_it_is_written(app):
    make.an_organisation(tax_code="0100233488")
    site = Site(app, make.a_person(), language="en").open("/organisations/new")

    site.press("Register the organisation", name_vi="Công ty", tax_code="0100 233 488")

    assert (site.status, len(site.errors)) == (422, 1)
    assert "is here already" in site.errors[0]


def test_wards_stand_in_vietnamese_order(app):
    for code, name in (("1", "Phường Yên Hòa"), ("2", "Xã Đống Đa"), ("3", "Phường Dương Nội"), ("4", "Xã An Khánh")):
        a_place(code, name)

    site = Site(app, make.a_person()).open("/organisations/new")

    assert [each.get_text() for each in site.page.select("#place_code option")][1:] == [
        "Xã An Khánh",
        "Phường Dương Nội",
        "Xã Đống Đa",
        "Phường Yên Hòa",
    ]


@pytest.mark.parametrize("name", ["New", "en", "Invitations"])
def test_no_name_takes_the_address_of_one_of_our_pages(app, name):
    organisation = register_organisation(Kind.STARTUP, helix=Helix.BUSINESS, actor=make.a_person(), name_vi=name)

    assert organisation.slug not in {"new", "en", "invitations"}
    assert Site(app, language="en").open(f"/organisations/{organisation.slug}").page.h1.get_text(strip=True) == name


def test_a_manager_edits_the_profile(app):
    organisation = make.an_organisation("Công ty Cũ", capabilities=[{"vi": "Thủy văn"}, {"en": "sensors"}])
    manager = make.a_member(organisation, Role.MANAGER)
    site = Site(app, manager, language="en").open(f"/organisations/{organisation.slug}/profile")

    assert site.value("capabilities") == "Thủy văn |\nsensors"
    site.press("Save", name_vi="Công ty Mới", trl_from="3", trl_to="7")

    assert site.page.h1.get_text() == "Công ty Mới"
    assert (organisation.trl_from, organisation.trl_to) == (3, 7)
    assert organisation.capabilities == [{"vi": "Thủy văn"}, {"en": "sensors"}]
    assert organisation.folded_names == "cong ty moi"


def test_levels_are_in_their_order(app):
    organisation = make.an_organisation()
    manager = make.a_member(organisation, Role.MANAGER)
    site = Site(app, manager, language="en").open(f"/organisations/{organisation.slug}/profile")

    site.press("Save", trl_from="7", trl_to="3")

    assert site.errors == ["The second level is not below the first."]


@pytest.mark.parametrize("room", ["profile", "track-record", "members"])
def test_for_others_the_rooms_of_an_organisation_do_not_exist(app, room):
    organisation, other = make.an_organisation(), make.an_organisation()
    stranger = make.a_member(other, Role.OWNER)

    site = Site(app, stranger).open(f"/organisations/{organisation.slug}/{room}")

    assert site.status == 404


def test_a_member_below_manager_does_not_edit(app):
    organisation = make.an_organisation()
    member = make.a_member(organisation, Role.MEMBER)

    assert Site(app, member).open(f"/organisations/{organisation.slug}/profile").status == 404


def test_a_manager_adds_and_takes_off_a_line_of_evidence(app):
    organisation = make.an_organisation()
    manager = make.a_member(organisation, Role.MANAGER)
    address = f"/organisations/{organisation.slug}/track-record"
    site = Site(app, manager, language="en").open(address)

    site.press("Add", kind="patent", title_vi="Cảm biến mực nước", date="2023")
    added = [(item.kind, item.title_vi, item.year) for item in organisation.track_record]
    site.press("Remove: Cảm biến mực nước")
    db.session.expire_all()

    assert added == [("patent", "Cảm biến mực nước", 2023)]
    assert organisation.track_record == []


def test_a_line_of_evidence_needs_a_title_and_a_sensible_year(app):
    organisation = make.an_organisation()
    manager = make.a_member(organisation, Role.MANAGER)
    site = Site(app, manager, language="en").open(f"/organisations/{organisation.slug}/track-record")

    site.press("Add", date="20233", description_vi="Hai mươi trạm.")

    assert site.errors == [
        "Enter a year, such as 2024, or a month, such as 06/2024.",
        "Enter a title in Vietnamese or in English.",
    ]
    assert site.value("description_vi") == "Hai mươi trạm."


def test_others_take_no_line_off(app):
    organisation = make.an_organisation()
    item = make.evidence(organisation, "Cảm biến")
    stranger = make.a_member(make.an_organisation(), Role.OWNER)

    site = Site(app, stranger)
    site.send(f"/organisations/{organisation.slug}/track-record/{item.reference}/removal")

    assert site.status == 403
    assert organisation.track_record == [item]
