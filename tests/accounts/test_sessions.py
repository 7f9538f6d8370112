"""Sessions: rows that can be ended, and the way back after signing in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import OpenSession, PlatformRole
from marketplace.accounts.services import end_role, end_sessions
from marketplace.db import db
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site


def open_sessions():
    return db.session.scalars(select(OpenSession).where(OpenSession.ended_at.is_(None)).order_by(OpenSession.id)).all()


def test_signing_out_ends_the_session_row(app):
    site = Site(app, make.a_person(), language="en")

    site.open("/account").press("Sign out")

    assert open_sessions() == []
    assert site.open("/account").address == "/en/sign-in"


def test_a_revoked_session_is_out_at_its_next_request(app):
    lan = make.a_person()
    at_home, at_work = Site(app, lan), Site(app, lan)
    [first, _second] = open_sessions()

    first.ended_at = clock.now()
    at_home.open("/account")
    at_work.open("/account")

    assert (at_home.address, at_work.address) == ("/sign-in", "/account")


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(app):
    lan = make.a_person()
    site, thief = Site(app, lan, language="en"), Site(app)
    thief.client.set_cookie("session", site.client.get_cookie("session").value)
    assert thief.open("/account").address == "/account"

    site.open("/account").press("Sign out")

    assert thief.open("/account").address == "/sign-in"


def test_ending_the_sessions_of_one_person_leaves_those_of_another(app):
    lan, minh = make.a_person("Nguyễn Thị Lan"), make.a_person("Phạm Văn Minh")
    Site(app, lan)
    site = Site(app, minh)

    end_sessions(lan)

    assert [each.person_id for each in open_sessions()] == [minh.id]
    assert site.open("/account").address == "/account"


def test_signing_in_leads_back_to_the_page_one_came_for(app):
    lan = make.a_person()

    site = Site(app, language="en").open("/account/profile?from=letter")
    asked = site.address
    site.press("Sign in", email=lan.email, password=make.PASSWORD)

    assert (asked, site.address) == ("/en/sign-in", "/en/account/profile")


def test_a_form_sent_without_a_session_leads_back_to_its_page(app):
    lan = make.a_person()
    site = Site(app, lan, language="en").open("/account/profile")
    end_sessions(lan)
    db.session.commit()

    sent = site.client.post(
        "/en/account/profile",
        data={"csrf_token": site.csrf_token()},
        headers={"Referer": "http://localhost/en/account/profile"},
    )

    assert sent.status_code == 303
    assert sent.headers["Location"] == "/en/sign-in?next=/en/account/profile"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "///evil.example",
        "javascript:x",
    ],
)
def test_signing_in_never_leads_to_another_site(app, elsewhere):
    lan = make.a_person()
    site = Site(app)

    opened = site.client.get("/sign-in", query_string={"next": elsewhere})
    site.open("/sign-in")
    sent = site.client.post(
        "/sign-in",
        query_string={"next": elsewhere},
        data={"csrf_token": site.csrf_token(), "email": lan.email, "password": make.PASSWORD},
    )

    assert (opened.status_code, opened.headers["Location"]) == (303, "/sign-in")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/sign-in")


def test_the_account_counts_open_browsers_and_names_roles(app):
    operator = make.an_operator("Trần Văn Điều")
    Site(app, operator)

    site = Site(app, operator, language="en").open("/account")

    assert "2 browsers" in site.main
    assert "Platform operator" in site.main


def test_a_person_changes_their_profile_and_sees_it_at_once(app):
    lan = make.a_person("Nguyễn Thị Lan")

    site = Site(app, lan, language="en").open("/account/profile")
    site.press("Save", full_name="Nguyễn Thị Minh Lan", language="en", expertise="Thủy văn đô thị")

    assert site.address == "/en/account"
    assert "Nguyễn Thị Minh Lan" in site.main
    assert "Thủy văn đô thị" in site.main
    assert (lan.full_name, lan.language) == ("Nguyễn Thị Minh Lan", "en")


def test_a_refused_profile_keeps_what_was_typed(app):
    site = Site(app, make.a_person(), language="en").open("/account/profile")

    site.press("Save", full_name="", expertise="Thủy văn")

    assert site.status == 422
    assert site.errors == ["Enter your full name."]
    assert site.value("expertise") == "Thủy văn"
    assert site.page.title.get_text().startswith("Error:")


def test_somebody_sees_where_they_are_signed_in_and_ends_it_from_afar(app):
    lan = make.a_person()
    at_work = Site(app, lan)
    phone = Site(app, language="en")
    phone.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/141.0 Mobile Safari/537.36"
    phone.sign_in(lan.email)
    minh = Site(app, make.a_person("Phạm Văn Minh"), language="en")

    phone.open("/account").click("Change Open sessions")
    shown = [each.get_text() for each in phone.page.select("tbody th")]
    foreign = minh.send(f"/account/sessions/{open_sessions()[0].reference}/end").status
    phone.press("Sign out there")

    assert (shown, foreign) == (["Chrome, Android", "Site"], 404)
    assert "That browser is signed out." in phone.text
    assert (at_work.open("/account").address, phone.open("/account").address) == ("/sign-in", "/en/account")


def test_a_session_has_a_longest_time_and_says_when_it_was_last_used(app):
    site = Site(app, make.a_person(), language="en")
    app.config["SESSION_HOURS"], hours = 12, app.config["SESSION_HOURS"]
    try:
        with clock.at(clock.now() + timedelta(hours=11)):
            inside = site.open("/account").address
        with clock.at(clock.now() + timedelta(hours=12, minutes=1)):
            outside = site.open("/account").address
    finally:
        app.config["SESSION_HOURS"] = hours

    [session] = open_sessions()
    assert (inside, outside) == ("/en/account", "/en/sign-in")
    assert session.seen_at - session.started_at > timedelta(hours=10)


@pytest.mark.feature("T-031", "T-036", "T-042")
def test_what_is_taken_away_is_gone_at_the_next_request_in_every_open_browser(app):
    boss, operator = make.an_operator("Trần Thị Trưởng"), make.an_operator("Lê Văn Phó")
    organisation = make.an_organisation()
    owner, member = make.a_member(organisation, Role.OWNER), make.a_member(organisation, Role.MANAGER)
    browsers = [Site(app, operator), Site(app, operator)]
    of_member = [Site(app, member, language="en"), Site(app, member, language="en")]
    edit = f"/organisations/{organisation.slug}/profile"
    before = [site.open("/outbox").status for site in browsers] + [site.open(edit).status for site in of_member]

    end_role(operator, PlatformRole.OPERATOR, actor=boss)
    Site(app, owner, language="en").open(f"/organisations/{organisation.slug}/members").press(
        f"End the role of {member.full_name}"
    )

    assert before == [200] * 4
    assert [site.open("/account").address for site in browsers] == ["/sign-in"] * 2
    assert [site.open(edit).status for site in of_member] == [404] * 2


@pytest.mark.feature("T-036", "109")
def test_a_lower_role_and_a_hand_over_hold_at_the_next_request_in_every_open_browser(app):
    company = make.an_organisation()
    owner, minh = make.a_member(company, Role.OWNER), make.a_member(company, Role.MANAGER, "Phạm Văn Minh")
    members, edit = f"/organisations/{company.slug}/members", f"/organisations/{company.slug}/profile"
    of_minh, of_owner = ([Site(app, each, language="en") for _ in range(2)] for each in (minh, owner))
    before = [site.open(edit).status for site in (*of_minh, *of_owner)]

    of_owner[0].open(members).press("Change the role of Phạm Văn Minh", role="viewer")
    lowered = [site.open(edit).status for site in of_minh]
    of_owner[0].open(members).press("Hand over to Phạm Văn Minh and leave")

    assert before == [200] * 4
    assert lowered == [404] * 2
    assert [site.open(edit).status for site in (*of_owner, *of_minh)] == [404, 404, 200, 200]
