"""Contracts of the last years, and who supervised whom: found by the machine, from what people say on pages."""

from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.models import Decision
from marketplace.judging.queries.entries import months_before, ties_of
from marketplace.judging.stages import Basis, Hint
from marketplace.matching.introductions.models import Introduction, Report
from marketplace.matching.introductions.queries import pair_of
from marketplace.matching.introductions.stages import Milestone
from marketplace.matching.introductions.stages import Stage as Introduced
from marketplace.organisations.experts import services as experts
from marketplace.organisations.experts.queries import expert_of
from marketplace.organisations.experts.stages import Readers, Supervised
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Author, Partner
from marketplace.solutions.stages import Stage as SolutionStage
from marketplace.text import HANOI
from tests import make
from tests.judging.judging_make import a_round, an_entry, assigning, declare
from tests.queries import count_queries
from tests.site import Site

DAY = timedelta(days=1)


def belongs(person, organisation, *, ended_at=None):
    given = clock.now() - 3000 * DAY
    line = Membership(
        person=person, organisation=organisation, role=Role.MEMBER, given_at=given, ended_at=ended_at
    )  # fmt: skip
    db.session.add(line)
    db.session.commit()
    return line


def in_touch(one, other):
    """Two organisations that agreed to an introduction, as their people see it."""
    now, asker = clock.now(), one.memberships[0].person
    found = Introduction(
        stage=Introduced.ACCEPTED, pair=pair_of(one, other), asker=one, asked=other, asked_by=asker,
        purpose="Cùng làm.", asked_at=now, due_at=now, answered_at=now,
    )  # fmt: skip
    db.session.add(found)
    db.session.commit()
    return found


@pytest.mark.feature("57", "N15")
def test_a_contract_reported_by_both_or_by_the_judges_side_bars_and_by_the_entrants_alone_asks_the_secretary(app):
    made = a_round(2, judges=2, reviews=1)
    judge, entrant = made.judges[0], made.entries[0].organisation
    institute = make.an_organisation("Viện Thủy văn")
    colleague, member = make.a_member(institute, Role.OWNER), made.entries[0].author
    belongs(judge, institute, ended_at=clock.now() - 400 * DAY)
    found = in_touch(institute, entrant)
    theirs = Site(app, member, language="en").open(f"/introductions/{found.reference}")
    theirs.press("We have signed a contract", happened_on=clock.now().astimezone(HANOI).date().isoformat())
    before = ties_of(made.judges, made.entries)
    panel = Site(app, made.secretary, language="en").open(f"{made.path}/panel/conflicts")
    asked = "The entrant reports a contract with an organisation of the judge" in panel.main

    Site(app, colleague, language="en").open(f"/introductions/{found.reference}").press("Confirm the contract")

    tie = {(judge.id, made.entries[0].id): Basis.CONTRACT}
    assert (before, asked, ties_of(made.judges, made.entries)) == ({}, True, tie)
    assert "The entrant reports a contract" not in panel.open(f"{made.path}/panel/conflicts").main
    assert "had a contract with the entrant" in panel.open(f"{made.path}/panel").main
    blocked = Site(app, judge, language="en").open(f"/judging/{made.panel.reference}/conflicts")
    assert blocked.main.count("Blocked for you") == 1
    report = db.session.query(Report).filter_by(milestone=Milestone.CONTRACT).one()
    for days, own, bars in ((1090, institute, True), (1100, institute, False), (10, entrant, False)):
        report.happened_on, report.confirmed_at = (clock.now() - days * DAY).date(), None
        report.organisation_id = own.id
        db.session.commit()
        assert bool(ties_of(made.judges, made.entries)) == bars
    made.panel.rules.tie_months = 0
    report.organisation_id = institute.id
    db.session.commit()
    assert ties_of(made.judges, made.entries) == {}


@pytest.mark.feature("57", "N15")
def test_prizes_of_an_agency_and_lines_of_a_track_record_tie_its_people_to_every_partner_of_an_entry(app):
    made = a_round(3, judges=3, reviews=1)
    of_agency, of_lab, _of_nobody = made.judges
    agency, lab, partner = make.an_agency("Sở Xây dựng"), make.an_organisation("Phòng Sông"), made.entries[0]
    belongs(of_agency, agency)
    belongs(of_lab, lab)
    before = make.a_closed_challenge(agency)
    winner = an_entry(before, made.entries[1].organisation, stage=SolutionStage.AWARDED)
    decision = Decision(
        challenge=before, drafted_by=winner.author, drafted_at=clock.now(), published_by=made.manager,
        published_at=clock.now() - 100 * DAY,
    )  # fmt: skip
    joined = make.an_organisation("Công ty Bơm")
    db.session.add(decision)
    db.session.add(
        Partner(
            solution=partner, organisation=joined, task="Bơm", share_bp=4000, inviter_id=partner.author_id,
            invited_at=clock.now(), accepted_at=clock.now(),
        )
    )  # fmt: skip
    line = make.evidence(lab, "Trạm bơm", year=clock.now().year - 1)
    line.partner_vi = "Sở Y tế; Công ty Bơm"
    boast = make.evidence(made.entries[2].organisation, "Cảm biến", year=clock.now().year)
    boast.partner_vi = lab.name_vi
    before.stage = Stage.RESULTS_PUBLISHED
    db.session.commit()

    found = ties_of(made.judges, made.entries)

    assert found == {
        (of_agency.id, made.entries[1].id): Basis.CONTRACT,
        (of_lab.id, made.entries[0].id): Basis.CONTRACT,
    }
    panel = Site(app, made.secretary, language="en").open(f"{made.path}/panel/conflicts")
    # what the entrant alone says of itself bars nobody: the secretary is asked
    assert "A track record names the judge's organisation and the entrant as partners." in panel.main
    decision.published_at, line.year = clock.now() - 1200 * DAY, clock.now().year - 5
    db.session.commit()
    assert ties_of(made.judges, made.entries) == {}


@pytest.mark.feature("57", "N15")
def test_whoever_supervised_or_was_supervised_is_barred_whichever_side_says_it_and_nobody_else_reads_it(app):
    made = a_round(4, judges=3, reviews=1)
    lan, minh, binh = made.judges
    member = made.entries[0].author
    named = Author(
        solution=made.entries[1], full_name="Trần An", email="an@hoc.example", share_bp=10_000, key_hash="k",
        asked_at=clock.now(), supervisor_email=binh.email,
    )  # fmt: skip
    db.session.add(named)
    db.session.commit()
    year = str(clock.now().year - 1)
    page = Site(app, lan, language="en").open(f"/judging/{made.panel.reference}/conflicts")
    page.click("Name them on your page as an expert")
    page.press("Add to supervision", supervised="by_me", name="", email="không", from_year="2030", to_year="2020")
    wrong = page.errors
    page.press(
        "Add to supervision", supervised="by_me", name="Vũ", email=member.email.upper(), from_year="2015", to_year=""
    )
    page.press("Add to supervision", supervised="by_me", name="Trần An", email="an@hoc.example", from_year="2015",
               to_year=year)  # fmt: skip
    theirs = Site(app, made.entries[2].author, language="en").open("/account/expert")
    theirs.press("Add to supervision", supervised="me", name="Minh", email=minh.email, from_year="2010", to_year="2012")
    long_ago = ties_of(made.judges, made.entries)
    theirs.press("Add to supervision", supervised="me", name="Minh", email=minh.email, from_year="2010")

    first, second, third, tie = *(entry.id for entry in made.entries[:3]), Basis.SUPERVISOR
    own = {(lan.id, first): tie, (lan.id, second): tie, (binh.id, second): tie}
    assert wrong == [
        "Enter the full name.", "This is no e-mail address.", "The end is not before the beginning."
    ]  # fmt: skip
    assert long_ago == own
    found = own | {(minh.id, third): tie}
    assert ties_of(made.judges, made.entries) == found
    assert "an@hoc.example" not in page.press("Remove: Trần An").main
    assert ties_of(made.judges, made.entries) == found
    assert page.open(f"/judging/{made.panel.reference}/conflicts").main.count("Blocked for you") == 2
    for judge in made.judges:
        declare(made, judge)
    assigning.assign_judges(made.panel, actor=made.secretary)
    assert {(sheet.seat.person_id, sheet.solution_id) for sheet in made.sheets()}.isdisjoint(found)


@pytest.mark.feature("57", "58")
def test_the_secretary_reads_that_there_was_supervision_and_nobody_reads_of_whom(app):
    made = a_round(2, judges=1, reviews=1)
    judge, member = made.judges[0], made.entries[0].author
    line = {"name": "Người Được Hướng Dẫn", "email": member.email, "from_year": 2020, "to_year": None}
    experts.note_supervision(judge, supervised=Supervised.BY_ME, **line)
    db.session.commit()
    expert = expert_of(judge)
    readers = [Site(app, who, language="en") for who in (made.secretary, make.an_operator(), made.entries[1].author)]
    assert [site.open(f"/experts/{expert.reference}").status for site in readers] == [404, 404, 404]

    experts.write_expert(judge, readers=Readers.PUBLIC, part_readers={}, fields=["ict"])
    db.session.commit()

    for site in readers:
        seen = site.open(f"/experts/{expert.reference}")
        assert (seen.status, member.email in seen.html, "Người Được Hướng Dẫn" in seen.html) == (200, False, False)
    panel = readers[0].open(f"{made.path}/panel").main
    assert "supervised somebody of the entry, or was supervised by them" in panel
    assert "Người Được Hướng Dẫn" not in panel + Site(app, make.an_auditor()).open("/journal").html


@pytest.mark.feature("57")
def test_an_entrant_says_under_seal_who_supervised_an_author_and_the_author_is_not_asked_again(app):
    from tests.solutions.entries import a_solution

    draft = a_solution(make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố")))
    site = Site(app, draft.author, language="en").open(f"/solutions/{draft.reference}/authors")
    site.press("Name and ask", full_name="Trần Văn An", email="an@example.vn", share_bp="100")
    author = draft.authors[0]
    asked_at = author.asked_at
    site.click("Change").press("Save the supervisor", supervisor_email="không phải thư", supervised_until="20")
    wrong = site.status, site.errors, site.value("full_name")

    site.press("Save the supervisor", supervisor_email="Thay@Truong.example", supervised_until="2024")

    db.session.refresh(author)
    assert wrong == (422, ["This is no e-mail address.", "Enter a year, such as 2024."], "Trần Văn An")
    assert (author.supervisor_email, author.supervised_until) == ("thay@truong.example", 2024)
    assert author.asked_at == asked_at
    assert "Supervised by thay@truong.example" in site.main
    path = f"/solutions/{draft.reference}/authors/{author.reference}/supervisor"
    manager = make.a_member(draft.challenge.agency, Role.MANAGER)
    form = {"supervisor_email": "x@example.vn"}
    assert [Site(app, who).send(path, **form).status for who in (manager, make.an_operator())] == [404, 404]
    journal = Site(app, make.an_auditor()).open("/journal").html
    assert "thay@truong.example" not in journal + Site(app, make.an_operator()).open("/outbox").html


def test_the_ties_of_many_entries_take_as_many_questions_as_those_of_one(app):
    made = a_round(4, judges=3, reviews=1)
    for number, judge in enumerate(made.judges):
        for entry in made.entries:
            body = make.an_organisation(f"Viện {number} {entry.id}")
            belongs(judge, body)
            make.evidence(body, "Trạm", year=clock.now().year).partner_vi = entry.organisation.name_vi
            line = {"name": "X", "email": entry.author.email, "from_year": 2020, "to_year": None}
            experts.note_supervision(judge, supervised=Supervised.BY_ME, **line)
    db.session.commit()
    # what the session knows already is not asked again
    with count_queries():
        everything = ties_of(made.judges, made.entries)

    with count_queries() as few:
        ties_of(made.judges[:1], made.entries[:1])
    with count_queries() as many:
        ties_of(made.judges, made.entries)

    assert set(everything.values()) == {Basis.SUPERVISOR}
    assert len(everything) == 12
    assert len(many) == len(few)


def test_months_are_counted_on_the_calendar():
    day = clock.now().replace(year=2026, month=3, day=31)

    assert [str(months_before(day, count).date()) for count in (0, 1, 3, 36)] == [
        "2026-03-31",
        "2026-02-28",
        "2025-12-31",
        "2023-03-31",
    ]
    assert Hint.CONTRACT.value == "contract"
