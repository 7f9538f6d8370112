"""A challenge for invited organisations: for everybody else it does not exist, and nobody learns who is invited."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import Checkpoint
from marketplace.challenges.models import Guest
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.services import panels
from marketplace.judging.stages import SeatRole
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.search.queries import search
from marketplace.solutions.models import Solution
from marketplace.solutions.services import close_challenge
from tests import make
from tests.judging.judging_make import a_deliberating_round
from tests.site import Site

TITLE = "Tường lửa cho trạm bơm Yên Sở"
LISTS = ("/", "/challenges", "/challenges?q=tường+lửa", "/search?q=tường+lửa", "/challenges?phase=open")


@pytest.fixture
def challenge(app):
    return make.a_challenge(make.an_agency("Sở Thoát nước"), title_vi=TITLE, title_en=None, invited_only=True)


@pytest.mark.feature("6")
def test_an_agency_invites_before_publication_and_only_those_invited_hear_of_it(app):
    agency = make.an_agency("Sở Thoát nước")
    manager, company = make.a_member(agency, Role.MANAGER), make.an_organisation("Công ty Tin Cậy")
    member, expert = make.a_member(company), make.a_person("Trần Chuyên Gia")
    times = {"opens_at": clock.now() + timedelta(days=1), "closes_at": clock.now() + timedelta(days=40)}
    draft = make.a_draft_challenge(agency, title_vi=TITLE, title_en=None, **times)
    site = Site(app, manager, language="en").open(f"/challenges/{draft.slug}/edit").click("Who sees it")
    site.press("Save", audience="invited")
    assert site.press("Invite").errors == ["Choose an organisation, or give the address of a person."]
    for who in ({"organisation": company.slug}, {"email": expert.email.upper()}, {"email": "moi@example.vn"}):
        site.open(f"/challenges/{draft.slug}/guests").press("Invite", **who)
    site.press("Remove moi@example.vn")
    assert Site(app, member).open(f"/challenges/{draft.slug}").status == 404

    site.open(f"/challenges/{draft.slug}/edit").press("Send for review")
    Site(app, make.an_operator(), language="en").open(f"/challenges/{draft.slug}").press("Publish")

    told = db.session.scalars(select(Letter).where(Letter.kind == "challenge_inviting")).all()
    assert {letter.to_email for letter in told} == {member.email, expert.email}
    assert {letter.sealed_until for letter in told} == {draft.closes_at}
    for person in (member, expert):
        assert "Only those who are invited" in Site(app, person, language="en").open("/work").click(TITLE).main


@pytest.mark.feature("6")
def test_for_everybody_else_it_does_not_exist(app, challenge):
    company = make.an_organisation("Công ty Tin Cậy")
    make.a_guest(challenge, company)
    strangers = [None, make.a_person(), make.a_member(make.an_organisation("Công ty Khác"), Role.OWNER)]
    guest, auditor, judge = make.a_member(company, Role.VIEWER), make.an_auditor(), make.a_person("Đặng Giám Khảo")
    official = make.a_member(challenge.agency, Role.MANAGER)
    with clock.at(challenge.closes_at):
        panel = panels.make_panel(challenge, actor=official)
        panels.invite_judge(panel, judge, role=SeatRole.JUDGE, actor=official)
    db.session.commit()

    for person in strangers:
        seen = Site(app, person)
        assert [TITLE in seen.open(place).html for place in LISTS] == [False] * len(LISTS)
        assert "(0)" in seen.open("/challenges").page.find("option", value="open").get_text()
        places = (
            "",
            "/questions",
            "/amendments",
            "/eligibility",
            "/rules",
            "/guests",
            "/solutions/new",
            "/early-opening",
        )
        opened = {
            seen.open(f"/challenges/{challenge.slug}{place}").status for place in places[: 5 if not person else 8]
        }
        assert opened == {404}
    assert search("tường lửa", {}).hits == ()
    sees = (guest, auditor, judge, official, make.an_operator())
    assert {Site(app, person).open(f"/challenges/{challenge.slug}").status for person in sees} == {200}
    lists = [Site(app, person).open(f"/challenges/{challenge.slug}/guests").status for person in (*sees[:3], sees[4])]
    assert lists == [404, 404, 404, 404]
    assert "Công ty Tin Cậy" in Site(app, official).open(f"/challenges/{challenge.slug}/guests").main


@pytest.mark.feature("6")
def test_only_who_is_invited_answers(app, challenge):
    company, other = make.an_organisation("Công ty Tin Cậy"), make.an_organisation("Công ty Khác")
    person = make.a_member(company)
    make.a_member(other)
    from marketplace.organisations.models import Membership

    db.session.add(Membership(person=person, organisation=other, role=Role.MEMBER, given_at=clock.now()))
    make.a_guest(challenge, company)

    site = Site(app, person, language="en").open(f"/challenges/{challenge.slug}").click("Start a solution")
    assert "Công ty Khác" not in site.main
    wrong = site.send(f"/challenges/{challenge.slug}/solutions/new", organisation=other.slug, title="A", language="vi")
    assert wrong.status == 422
    site.open(f"/challenges/{challenge.slug}/solutions/new")
    site.send(f"/challenges/{challenge.slug}/solutions/new", organisation=company.slug, title="A", language="vi")

    assert [each.organisation for each in db.session.scalars(select(Solution))] == [company]


def test_the_list_is_the_agencys_and_ends_where_it_was_read(app, challenge):
    manager, writer = make.a_member(challenge.agency, Role.MANAGER), make.a_member(challenge.agency)
    guest = make.a_guest(challenge, make.an_organisation("Công ty Tin Cậy"))
    place = f"/challenges/{challenge.slug}/guests"

    assert Site(app, writer).send(place, email="a@example.vn").status == 403
    assert Site(app, manager).send(f"{place}/{guest.reference}/removal").status == 409
    assert Site(app, manager).send(f"/challenges/{challenge.slug}/audience", audience="everybody").status == 409
    assert Site(app, manager).send(place, organisation=guest.organisation.slug).status == 409
    assert Site(app, manager).send(place, email="mới").status == 422
    assert Site(app, manager, language="en").open(place).press("Invite", email="sau@example.vn").status == 200
    assert [each.to_email for each in db.session.scalars(select(Letter))] == ["sau@example.vn"]
    challenge.stage = Stage.JUDGING
    assert Site(app, manager).send(place, email="muon@example.vn").status == 409
    assert len(db.session.scalars(select(Guest)).all()) == 2


@pytest.mark.feature("6", "32", "N14")
def test_however_far_it_went_no_public_page_proof_or_head_of_the_log_names_it(app):
    made = a_deliberating_round(2, judges=1)
    challenge, entries = made.challenge, made.entries
    challenge.invited_only, challenge.slug, challenge.title_vi, challenge.title_en = True, "tuong-lua", TITLE, None
    db.session.commit()
    close_challenge(challenge)
    made.publish()
    shown, versions = make.a_closed_challenge(challenge.agency), [entry.last_version for entry in entries]
    close_challenge(shown)
    db.session.commit()
    told = [challenge.reference, challenge.slug, TITLE, *(entry.reference for entry in entries)]
    told += [entry.title_vi for entry in entries]
    addresses = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    heads = db.session.scalars(select(Checkpoint).order_by(Checkpoint.size)).all()
    addresses += [f"/log/{head.size}" for head in heads]
    addresses += [f"/receipts/{version.reference}" for version in versions]
    addresses += [f"/organisations/{entry.organisation.slug}" for entry in entries]
    addresses += [
        f"/organisations/{challenge.agency.slug}",
        f"/organisations/{shown.agency.slug}",
        "/search?q=tường lửa",
    ]

    for person in (None, make.a_person(), make.a_member(make.an_organisation())):
        seen = {address: Site(app, person).open(address).html for address in addresses}
        assert [(address, word) for address, html in seen.items() for word in told if word in html] == []
        # the crawl goes where other challenges are named, so it could have been
        assert [shown.reference in seen[address] for address in ("/log", f"/log/{heads[-1].size}")] == [True, True]
        assert [version.content_sha256[:8] in seen[f"/receipts/{version.reference}"] for version in versions] == [
            True
        ] * 2
    invited = make.a_guest(challenge, make.an_organisation("Công ty Tin Cậy"))
    member = make.a_member(invited.organisation)
    assert heads[0].root in Site(app, member).open(f"/challenges/{challenge.slug}").html
