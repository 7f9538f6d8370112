"""Experts and judges: what shows that they know a field, where they work and worked, and who reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.judging.models import Seat
from marketplace.judging.queries.entries import ties_of
from marketplace.judging.services import panels
from marketplace.judging.stages import Basis, SeatStage
from marketplace.organisations.experts import services
from marketplace.organisations.experts.models import Affiliation, Expert
from marketplace.organisations.experts.queries import expertise_of
from marketplace.organisations.experts.stages import Expertise, Readers
from marketplace.organisations.stages import Kind, Role
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution


def an_expert(name="Đặng Văn Giám", *, readers=Readers.PUBLIC, **said):
    person = make.a_person(name)
    expert = services.write_expert(person, readers=readers, part_readers={}, **{"fields": ["ict"], **said})
    db.session.commit()
    return person, expert


@pytest.mark.feature("39")
def test_a_judge_writes_a_page_with_evidence_and_affiliations_and_says_who_reads_which_part(app):
    make.an_organisation("Viện Thủy văn", kind=Kind.INSTITUTE)
    judge = make.a_person("Đặng Văn Giám")
    site = Site(app, judge, language="en").open("/account").click("What shows that I know my field")

    site.press("Save", fields="ict", summary_vi="Hai mươi năm dự báo ngập.", languages="vi", readers="public")
    site.press("Add evidence", kind="paper", title="", date="hôm qua")
    wrong = site.status, site.errors
    site.open("/account/expert").press(
        "Add evidence", kind="paper", title="Dự báo ngập", date="05/2022", source="doi:10/abc"
    )
    site.press("Add affiliation", name="Viện Thủy văn", position="Trưởng phòng", from_year="2015", to_year="2010")
    backwards = site.errors
    site.open("/account/expert")
    site.press("Add affiliation", name="Viện Thủy văn", position="Trưởng phòng", from_year="2015", to_year="2020")
    site.press("Save", evidence_readers="organisers", affiliations_readers="own")
    reference = db.session.scalar(select(Expert.reference))
    visitor = Site(app, language="en").open("/experts").click("Đặng Văn Giám")
    agency = Site(app, make.a_member(make.an_agency()), language="en").open(f"/experts/{reference}")
    previews = [site.open(f"/account/expert/seen-by-{reader}").main for reader in ("public", "organisers")]
    own = site.open(f"/experts/{reference}").main

    assert wrong == (422, ["Enter a title.", "Enter a year, such as 2024, or a month, such as 06/2024."])
    assert backwards == ["The end is not before the beginning."]
    assert "Hai mươi năm dự báo ngập." in visitor.main
    assert ["Dự báo ngập" in text for text in (visitor.main, agency.main, own, *previews)] == [
        False,
        True,
        True,
        False,
        True,
    ]
    assert ["Trưởng phòng" in text for text in (visitor.main, agency.main, own, *previews)] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert "doi:10/abc" in agency.main
    assert judge.email not in visitor.html + agency.html


def test_a_page_for_agencies_or_nobody_is_not_there_for_others(app):
    people = [an_expert(name, readers=readers) for name, readers in (("Một", Readers.ORGANISERS), ("Hai", Readers.OWN))]
    agency, stranger = make.a_member(make.an_agency()), make.a_person("Người Lạ")

    seen = {
        who.full_name: [Site(app, who).open(f"/experts/{expert.reference}").status for _, expert in people]
        for who in (agency, stranger, people[1][0])
    }
    listed = Site(app, stranger).open("/experts").main

    assert list(seen.values()) == [[200, 404], [404, 404], [404, 200]]
    assert not {"Một", "Hai"} & set(listed.split())


@pytest.mark.feature("39")
def test_the_secretary_finds_experts_of_the_field_on_the_panel_and_invites_them(app):
    judge, expert = an_expert()
    services.add_expertise(expert, actor=judge, kind=Expertise.PAPER, title="Dự báo ngập", year=2022)
    other, _ = an_expert("Lê Bác Sĩ", fields=["medicine"])
    hidden, _ = an_expert("Phạm Kín Đáo", readers=Readers.OWN)
    challenge = make.a_closed_challenge()
    secretary = make.a_member(challenge.agency, Role.MANAGER)
    panels.make_panel(challenge, actor=secretary, max_load=5)
    db.session.commit()

    site = Site(app, secretary, language="en").open(f"/challenges/{challenge.slug}/panel")
    offered = site.text
    site.press("Invite Đặng Văn Giám")
    again = site.send(f"/challenges/{challenge.slug}/panel/experts/{expert.reference}").status

    assert ("Dự báo ngập" in offered, other.full_name in offered, hidden.full_name in offered) == (True, False, False)
    seat = db.session.scalars(select(Seat)).one()
    assert (seat.person, seat.stage) == (judge, SeatStage.INVITED)
    assert "Invite Đặng Văn Giám" not in site.buttons()
    assert again == 409
    assert expertise_of([judge.id]) == {judge.id: "Dự báo ngập"}


@pytest.mark.feature("39")
def test_where_a_judge_worked_lately_is_a_conflict_even_when_taken_off_the_page(app):
    company = make.an_organisation("Công ty Sông Xanh")
    entry = a_solution(make.a_challenge(), make.a_member(company, Role.OWNER))
    judge, expert = an_expert()
    year = clock.now().year
    told = {"actor": judge, "name": "Công ty Sông Xanh", "position": None, "from_year": 2010}
    before = ties_of([judge], [entry])
    line = services.add_affiliation(expert, to_year=year - 1, **told)
    lately = ties_of([judge], [entry])

    site = Site(app, judge, language="en").open("/account/expert").press("Remove: Công ty Sông Xanh")
    hidden = "Công ty Sông Xanh" in site.main, ties_of([judge], [entry])
    line = db.session.get_one(Affiliation, line.id)
    line.withdrawn_at -= timedelta(days=800)
    db.session.flush()
    forgotten = ties_of([judge], [entry])
    services.add_affiliation(expert, to_year=year - 9, **told)

    pair = (judge.id, entry.id)
    assert (before, lately, hidden) == ({}, {pair: Basis.MEMBER}, (False, {pair: Basis.MEMBER}))
    assert (forgotten, ties_of([judge], [entry])) == ({}, {})


def test_nobody_writes_somebody_elses_page(app):
    judge, expert = an_expert()
    line = services.add_expertise(expert, actor=judge, kind=Expertise.ROLE, title="Chủ tịch hội đồng")
    place = services.add_affiliation(expert, actor=judge, name="Viện X", from_year=2000)
    db.session.commit()
    stranger = Site(app, make.a_person()).open("/")
    other = Site(app, an_expert("Lê Khác")[0]).open("/")

    deeds = (f"evidence/{line.reference}/removal", f"affiliations/{place.reference}/removal", "evidence")
    answers = [site.send(f"/account/expert/{deed}").status for site in (stranger, other) for deed in deeds]
    Site(app, judge).open("/").send(f"/account/expert/{deeds[0]}")
    twice = Site(app, judge).open("/").send(f"/account/expert/{deeds[0]}").status

    assert answers == [404, 404, 404, 404, 404, 422]
    assert twice == 404
