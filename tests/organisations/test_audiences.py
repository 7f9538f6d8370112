"""Who reads which part of a profile: everyone, partners, judges, its own people; and looking at it as they do."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.queries import is_in_touch
from marketplace.matching.introductions.stages import Stage as Introduced
from marketplace.matching.reading import read_profiles
from marketplace.organisations.audiences import audience_of
from marketplace.organisations.models import TrackRecord
from marketplace.organisations.services import (
    add_track_record,
    edit_organisation,
    edit_track_record,
    set_audiences,
)
from marketplace.organisations.stages import Audience, EvidenceKind, Kind, Role
from marketplace.search.models import SearchEntry
from marketplace.solutions.models import Partner
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution

SECRET = "Bí quyết lọc nước bằng than gáo dừa"
PARTS = {"summary_vi": SECRET, "capabilities": [{"vi": SECRET}], "contact": f"{SECRET}, 024 3825 3536"}


def a_company(**profile):
    company = make.an_organisation("Công ty Sông Xanh")
    owner = make.a_member(company, Role.OWNER, "Lê Thị Chủ")
    edit_organisation(company, actor=owner, **profile)
    db.session.commit()
    return company, owner


def in_touch(one, other, person):
    found = Introduction(
        asker=one, asked=other, pair=f"{one.id}-{other.id}", asked_by_id=person.id, stage=Introduced.ACCEPTED
    )
    found.purpose, found.asked_at, found.due_at = "Hợp tác", clock.now(), clock.now()
    db.session.add(found)
    db.session.commit()


@pytest.mark.feature("39")
def test_each_part_is_shown_to_whom_it_is_for_and_previews_say_the_same(app):
    company, owner = a_company(**PARTS, website="https://songxanh.vn")
    line = make.evidence(company, "Dự án mật với Viện Thủy văn")
    site, address = Site(app, owner, language="en"), f"/organisations/{company.slug}"
    by_default = {
        reader: "024 3825 3536" in site.open(f"{address}/seen-by-{reader}").text for reader in ("public", "partner")
    }

    site.open(address).click("Who sees what")
    chosen = {"part_summary": "partner", "part_capabilities": "judge", "part_contact": "own"}
    site.press("Save", **chosen, **{f"line_{line.reference}": "judge"})
    again = site.value("part_summary"), site.value(f"line_{line.reference}"), site.value("part_website")
    seen = {reader: site.open(f"{address}/seen-by-{reader}").text for reader in ("public", "partner", "judge")}
    visitor = Site(app, language="en").open(address)

    assert by_default == {"public": False, "partner": True}
    assert again == ("partner", "judge", "public")
    assert {reader: text.count(SECRET) for reader, text in seen.items()} == {"public": 0, "partner": 1, "judge": 2}
    assert ["Dự án mật" in text for text in seen.values()] == [False, False, True]
    assert (SECRET in visitor.html, "Dự án mật" in visitor.html, "songxanh.vn" in visitor.text) == (False, False, True)
    assert site.open(address).text.count(SECRET) == 3
    assert site.open(f"{address}/profile").value("summary_vi") == SECRET
    assert SECRET.encode() in site.open(f"{address}/profile.json").body


def test_a_partner_reads_what_is_for_partners_as_long_as_they_are_in_touch(app):
    company, owner = a_company(contact="Chị Hoa, 024 3825 3536")
    other = make.an_organisation("Viện Thủy văn", kind=Kind.INSTITUTE)
    minh, viewer = make.a_member(other, Role.MEMBER), make.a_member(other, Role.VIEWER, "Vũ Chỉ Xem")
    before = audience_of(minh, company)
    in_touch(company, other, owner)

    site = Site(app, minh, language="en").open(f"/organisations/{company.slug}")
    seen = "Chị Hoa" in site.text, audience_of(viewer, company), audience_of(owner, company)
    db.session.scalars(select(Introduction)).one().stage = Introduced.ENDED
    db.session.commit()

    assert (before, seen) == (Audience.PUBLIC, (True, Audience.PUBLIC, Audience.OWN))
    assert "Chị Hoa" not in site.open(f"/organisations/{company.slug}").text
    assert not is_in_touch(minh, company)


def test_who_answers_a_challenge_together_are_partners_once_both_accepted(app):
    company, _ = a_company(contact="Chị Hoa")
    minh = make.a_member(make.an_organisation("Viện Thủy văn"), Role.OWNER)
    draft = a_solution(make.a_challenge(), minh)
    told = {"inviter_id": minh.id, "invited_at": clock.now()}
    lead = Partner(solution=draft, organisation=draft.organisation, accepted_at=clock.now(), **told)
    asked = Partner(solution=draft, organisation=company, **told)
    db.session.add_all([lead, asked])
    db.session.commit()
    invited = audience_of(minh, company)

    asked.accepted_at = clock.now()
    db.session.commit()

    assert (invited, audience_of(minh, company)) == (Audience.PUBLIC, Audience.PARTNER)


@pytest.mark.feature("39")
def test_what_is_not_for_everyone_changes_no_byte_for_anybody_else(app):
    company, owner = a_company(summary_vi="Quan trắc nước sông")
    make.evidence(company, "Trạm quan trắc Tô Lịch")

    def world():
        db.session.commit()
        db.session.expire_all()
        entry = db.session.scalars(select(SearchEntry).where(SearchEntry.slug == company.slug)).one()
        listed = Site(app, language="en").open("/organisations").html
        return list(read_profiles()), entry.terms, entry.folded, entry.text_vi, SECRET in listed

    set_audiences(company, actor=owner, parts={"summary": Audience.JUDGE, "capabilities": Audience.PARTNER}, lines={})
    without = world()
    kept = {"summary_vi": SECRET, "capabilities": [{"vi": SECRET}], "contact": SECRET}
    edit_organisation(company, actor=owner, **kept)
    told = {"kind": EvidenceKind.PROJECT, "title_vi": SECRET, "partner_vi": SECRET}
    add_track_record(company, actor=owner, audience=Audience.OWN, **told)
    with_secrets = world()
    journal = str([[each.changes, each.facts] for each in db.session.scalars(select(JournalEntry))])

    assert with_secrets == without
    assert SECRET not in journal
    set_audiences(company, actor=owner, parts={"capabilities": Audience.PUBLIC}, lines={})
    assert world() != without


def test_only_managers_say_who_sees_what_and_only_its_people_look_as_others(app):
    company, owner = a_company()
    member, stranger = make.a_member(company), make.a_person()
    room = f"/organisations/{company.slug}"

    told = {
        (who.full_name, path): Site(app, who).open(f"{room}/{path}").status
        for who in (member, stranger)
        for path in ("audiences", "seen-by-judge", "profile.json")
    }
    refused = Site(app, member).open("/").send(f"{room}/audiences", part_summary="own").status
    wrong = Site(app, owner, language="en").open(f"{room}/audiences")
    wrong.press("Save", part_summary="nobody")

    assert list(told.values()) == [404, 200, 200, 404, 404, 404]
    assert (refused, wrong.status, company.kept_back) == (404, 422, {})


@pytest.mark.feature("39")
def test_a_profile_worth_publishing_takes_at_most_ten_fields(app):
    site = Site(app, make.a_person(), language="en").open("/organisations/new")

    form = site.page.select_one("main form[enctype], main form[novalidate]") or site.page.select("#main form")[-1]
    names = {each["name"] for each in form.select("input, select, textarea") if each.get("type") != "hidden"}
    site.press(
        "Register the organisation",
        kind="science_enterprise",
        name_vi="Công ty Sông Xanh",
        summary_vi="Quan trắc nước sông.",
        capabilities="Thủy văn",
        fields="agriculture",
    )

    assert len(names) <= 10
    assert "Agriculture, natural resources, environment" in site.main
    assert "Science and technology enterprise" in site.main
    assert "what it is able to do" not in site.text
    assert "a line of the track record" in site.text


@pytest.mark.feature("39")
def test_a_line_has_a_date_a_source_and_partners_and_topics_languages_and_levels_are_shown(app):
    company, owner = a_company()
    site = Site(app, owner, language="en").open(f"/organisations/{company.slug}/track-record")

    site.press("Add", title_vi="Trạm quan trắc", date="13/2024")
    wrong = site.errors
    site.press(
        "Add",
        kind="patent",
        title_vi="Trạm quan trắc",
        date="06/2024",
        source="https://ipvietnam.gov.vn/1-2024",
        partner_vi="Viện Thủy văn",
    )
    site.open(f"/organisations/{company.slug}/profile")
    site.press("Save", concepts="drones", languages="ja", trl_from="4", trl_to="6", owner_group="Tập đoàn Xanh")
    shown = Site(app, language="en").open(f"/organisations/{company.slug}").text

    assert wrong == ["Enter a year, such as 2024, or a month, such as 06/2024."]
    line = db.session.scalars(select(TrackRecord)).one()
    assert (line.year, line.month, line.source) == (2024, 6, "https://ipvietnam.gov.vn/1-2024")
    for text in (
        "06/2024",
        "https://ipvietnam.gov.vn/1-2024",
        "Viện Thủy văn",
        "Japanese",
        "levels 4 to 6",
        "Tập đoàn Xanh",
    ):
        assert text in shown


@pytest.mark.feature("39")
def test_a_line_is_corrected_the_journal_keeps_what_it_said_and_the_profile_is_fresh_again(app):
    company, owner = a_company()
    line = make.evidence(company, "Trạm quan trắc Tô Lịch", "Ba trạm.", year=2023)
    company.confirmed_at = clock.now() - timedelta(days=400)
    db.session.commit()
    room = f"/organisations/{company.slug}/track-record"
    site = Site(app, owner, language="en").open(room).click("Correct: Trạm quan trắc Tô Lịch")
    as_it_stood = site.value("title_vi"), site.value("date"), site.value("kind")

    wrong = site.press("Save the line", title_vi="", date="13/2024").errors
    kept = site.value("date")
    site.open(f"{room}/{line.reference}").press("Save the line", date="06/2024", partner_vi="Viện Nước")
    shown = Site(app, language="en").open(f"/organisations/{company.slug}").text
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "TrackRecordChanged")).one()
    outsiders = make.a_member(company), make.a_person(), make.an_operator()
    refused = [Site(app, each).open(f"{room}/{line.reference}").status for each in outsiders]
    sent = Site(app, make.a_person()).open("/").send(f"{room}/{line.reference}", title_vi="Của tôi").status

    assert as_it_stood == ("Trạm quan trắc Tô Lịch", "2023", "project")
    assert (len(wrong), kept) == (2, "13/2024")
    assert ("06/2024" in shown, "Viện Nước" in shown, "More than a year ago" in shown) == (True, True, False)
    assert entry.facts["year"] == {"before": 2023, "after": 2024}
    assert set(entry.facts) == {"line", "year", "month", "partner_vi"}
    assert (refused, sent) == ([404] * 3, 404)


def test_the_journal_keeps_nothing_of_a_line_that_is_or_was_not_for_everyone(app):
    company, owner = a_company()
    line = make.evidence(company, "Trạm quan trắc")
    edit_track_record(line, actor=owner, title_vi=SECRET, audience=Audience.OWN)
    edit_track_record(line, actor=owner, title_vi="Trạm khác", audience=Audience.PUBLIC)
    db.session.commit()

    journal = str([[each.changes, each.facts] for each in db.session.scalars(select(JournalEntry))])

    assert (SECRET in journal, "Trạm khác" in journal) == (False, False)
