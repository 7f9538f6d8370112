"""A contest has fields: entrants choose one, judges read theirs, places are counted field by field."""

import pytest

from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.judging.bundles import recompute
from marketplace.judging.policy import can_deliberate, can_end_scoring, can_return_sheet
from marketplace.judging.queries.bundles import bundle_of, listing_of
from marketplace.judging.queries.results import standing_decision
from marketplace.judging.services import assigning, panels
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution
from tests import make
from tests.judging.judging_make import a_contest, declare
from tests.site import Site

ICT, MEDICINE = "Information technology, electronics, telecommunications", "Medicine and pharmacy"


@pytest.mark.feature("80")
def test_an_entrant_of_a_contest_chooses_a_field_before_sending(app):
    agency = make.an_agency()
    challenge = make.a_draft_challenge(agency)
    writer = Site(app, make.a_member(agency), language="en").open(f"/challenges/{challenge.slug}/edit/prizes")
    writer.press(
        "Save", contest_fields=["ict", "medicine"], **{"lines-0-name_vi": "Giải Nhất", "lines-0-quantity": "2"}
    )
    assert challenge.entry_fields == [Field.ICT, Field.MEDICINE]
    challenge = make.a_challenge(agency, contest_fields=["ict", "medicine"])
    owner = make.a_member(make.an_organisation(), Role.OWNER)
    assert ICT in Site(app, owner, language="en").open(f"/challenges/{challenge.slug}").main

    site = Site(app, owner, language="en").open(f"/challenges/{challenge.slug}/solutions/new")
    site.press("Start", title="Máy đo đường huyết không lấy máu")
    assert "Missing: the field of the contest" in site.main
    site.click("Title and summary").press("Save", field="medicine", summary="Đo bằng ánh sáng.")

    solution = db.session.query(Solution).one()
    assert solution.field == Field.MEDICINE
    assert "Missing: the field of the contest" not in site.main
    site.click("Title and summary").press("Save", field="materials")
    assert "Missing: the field of the contest" in site.main


def test_where_there_are_no_fields_none_is_asked(app):
    challenge = make.a_challenge()
    owner = make.a_member(make.an_organisation(), Role.OWNER)
    site = Site(app, owner, language="en").open(f"/challenges/{challenge.slug}/solutions/new")

    site.press("Start", title="Trạm đo mưa").click("Title and summary")

    assert "Field of the contest" not in site.main


@pytest.mark.feature("52")
def test_every_field_of_a_contest_may_have_a_chair_of_its_own(app):
    made = a_contest()
    leads, again, doctor = (make.a_person(f"Chủ tịch {number}") for number in range(3))
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    site.press("Invite", email=leads.email, role="chair", fields=["ict"])
    assert f"{leads.full_name} was invited." in site.text

    site.press("Invite", email=again.email, role="chair", fields=["ict"])

    assert site.errors == ["This person has a seat already, or the panel or field has its chair."]
    site.press("Invite", email=doctor.email, role="chair", fields=["medicine"])
    assert f"{doctor.full_name} was invited." in site.text
    site.open(f"{made.path}/panel/seats/{made.seat(leads).reference}/fields").press("Save", fields=["medicine"])
    assert site.errors == ["Whoever chairs a field stays with it."]
    panels.accept_seat(made.seat(leads), actor=leads, undertaking=True)
    for judge in made.judges:
        declare(made, judge)
    assigning.assign_judges(made.panel, actor=made.secretary)
    returned = {sheet.entry.field for sheet in made.sheets() if can_return_sheet(leads, sheet)}
    assert returned == {Field.ICT}
    ends = [can_end_scoring(each, made.panel) for each in (leads, made.judges[0], made.secretary)]
    assert (ends, can_deliberate(leads, made.panel)) == ([False, True, True], True)


@pytest.mark.feature("53", "56", "80")
def test_judges_of_a_field_declare_for_its_entries_and_get_only_those(app):
    made = a_contest()
    doctor, engineer, both = made.judges
    site = Site(app, made.secretary, language="en")
    for judge, fields in ((doctor, ["medicine"]), (engineer, ["ict"])):
        site.open(f"{made.path}/panel/seats/{made.seat(judge).reference}/fields").press("Save", fields=fields)
    assert MEDICINE in site.open(f"{made.path}/panel").main

    asked = Site(app, doctor, language="en").open(f"/judging/{made.panel.reference}/conflicts")
    names = [entry.organisation.name_vi for entry in made.entries]
    assert [name in asked.main for name in names] == [False, False, True, True]
    for judge in made.judges:
        declare(made, judge)
    site.open(f"{made.path}/panel").press("Assign judges")

    fields = {entry.id: entry.field for entry in made.entries}
    read = {(sheet.seat.person_id, fields[sheet.solution_id]) for sheet in made.sheets()}
    everyone = {(both.id, Field.ICT), (both.id, Field.MEDICINE)}
    assert read == {(doctor.id, Field.MEDICINE), (engineer.id, Field.ICT)} | everyone
    assert made.entries[2].title_vi not in site.open(f"{made.path}/panel").main
    assert made.entries[2].title_vi in site.click(MEDICINE).main


@pytest.mark.feature("80", "81")
def test_each_field_has_places_of_its_own_and_the_bundle_recomputes_them(app):
    made = a_contest(scored=True)

    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")
    shown = [cell.get_text(strip=True) for cell in site.page.select("td.place")]
    assert (shown, made.entries[0].title_vi in site.main) == (["1", "2"], True)
    site.click(MEDICINE)
    assert [cell.get_text(strip=True) for cell in site.page.select("td.place")] == ["1", "2"]
    assert made.entries[0].title_vi not in site.main
    site.open(f"{made.path}/decision")
    firsts = {f"awarded_{made.entries[place].reference}": "y" for place in (0, 2)}
    texts = {
        f"{name}_{made.entries[place].reference}": "Giải Nhất"
        for place in (0, 2)
        for name in ("award_vi", "citation_vi")
    }
    site.press("Send to publish", **firsts, **texts)

    decision = standing_decision(made.challenge)
    assert [each.solution_id for each in decision.winners] == [made.entries[0].id, made.entries[2].id]
    listing = listing_of(decision)
    assert [line.split(",")[:2] for line in listing.splitlines()] == [
        ["field", "place"],
        ["ict", "1"],
        ["ict", "2"],
        ["medicine", "1"],
        ["medicine", "2"],
    ]
    assert recompute(bundle_of(decision)) == listing
