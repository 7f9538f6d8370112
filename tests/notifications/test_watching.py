"""Searches and things that are kept, by oneself or for an organisation, and the letter of what is new about them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.accounts.operating.services import restore_person, suspend_person
from marketplace.db import db
from marketplace.matching.services import suggest_partners
from marketplace.notifications.models import Letter
from marketplace.notifications.services import _message
from marketplace.notifications.watching.services import key_of, leave_digests
from marketplace.organisations.services import confirm_profile
from marketplace.organisations.stages import Role
from marketplace.organisations.standing.services import lift_suspension, suspend_organisation
from marketplace.text import HANOI, format_day
from tests import make
from tests.matching import world
from tests.site import Site


def morning(days=0):
    """Eight in Hanoi, so many days from tomorrow on."""
    day = datetime.now(UTC).astimezone(HANOI) + timedelta(days=1 + days)
    return day.replace(hour=8, minute=0)


def digests(at):
    """The bodies of the letters that this morning brings."""
    before = {each.id for each in db.session.scalars(select(Letter))}
    db.session.commit()
    with clock.at(at):
        leave_digests()
        db.session.commit()
        jobs.run_waiting()
    found = select(Letter).where(Letter.kind == "digest", Letter.id.not_in(before)).order_by(Letter.id)
    return {each.to_email: each for each in db.session.scalars(found)}


@pytest.mark.feature("45")
def test_a_kept_search_tells_once_of_what_is_new_for_it(app):
    make.a_challenge(title_vi="Cảnh báo ngập cũ")
    lan = make.a_person(language="en")
    site = Site(app, lan, language="en").open("/search?q=ngập&kind=challenge").press("Keep the search")
    assert "The search is kept." in site.text
    assert digests(morning()) == {}

    new = make.a_challenge(title_vi="Đo ngập hầm chui", title_en="Flooded underpasses")
    make.a_challenge(title_vi="Trồng rau sạch", title_en="Vegetables", summary_vi="Rau.", description_vi="Rau. " * 60)
    letter = digests(morning(1))[lan.email]

    assert letter.subject == "1 piece of news about what you keep"
    assert "- Flooded underpasses (ngập)" in letter.body
    assert f"/en/challenges/{new.slug}" in letter.body
    assert digests(morning(2)) == {}
    site.open("/saved").press("Keep no longer")
    assert "Nothing is kept yet" in site.main


@pytest.mark.feature("45", "46")
def test_what_an_organisation_keeps_is_shared_by_its_members_and_told_to_all_of_them(app):
    company = make.an_organisation("Công ty Sông Xanh")
    lan, minh = make.a_member(company, name="Lan", language="en"), make.a_member(company, name="Minh", language="en")
    viewer = make.a_member(company, Role.VIEWER)
    challenge = make.a_challenge(closes_at=morning(1) + timedelta(days=6))
    institute = make.an_organisation("Viện Nước")

    site = Site(app, lan, language="en").open(f"/challenges/{challenge.slug}").press("Keep", owner=company.slug)
    assert "Kept for Công ty Sông Xanh" in site.text
    site.open(f"/organisations/{institute.slug}").press("Keep", owner=company.slug)
    confirm_profile(institute, actor=make.a_member(institute, Role.OWNER))

    shared = Site(app, minh, language="en").open("/saved")
    assert [name in shared.main for name in ("Street-level flood warning", "Viện Nước", "Lan")] == [True] * 3
    assert "Nothing is kept yet" in Site(app, viewer, language="en").open("/saved").main
    found = digests(morning(1))
    assert sorted(found) == sorted([lan.email, minh.email])
    body = found[minh.email].body
    assert "Closing soon" in body
    assert f"({format_day(challenge.closes_at)})" in body
    assert "Viện Nước" in body
    shared.press("Keep no longer")
    assert len(Site(app, lan, language="en").open("/saved").page.find_all("button", string="Keep no longer")) == 1


@pytest.mark.feature("45")
def test_a_kept_challenge_tells_of_results_and_new_suggestions_of_ones_own_organisation(app):
    company = world.a_flood_company()
    lan = make.a_member(company, language="en")
    Site(app, lan, language="en").open(f"/organisations/{make.an_organisation().slug}").press("Keep")
    assert digests(morning()) == {}

    suggest_partners(make.a_challenge(**world.FLOODS))

    assert "Street-level flood warning (Công ty Phố Khô)" in digests(morning(1))[lan.email].body


@pytest.mark.feature("45")
def test_one_press_ends_the_digests_for_a_reader_and_for_mail_programs(app, visitor):
    lan = make.a_person(language="en")
    Site(app, lan, language="en").open("/search?q=ngập").press("Keep the search")
    make.a_challenge(title_vi="Ngập")
    letter = digests(morning())[lan.email]
    message = _message(letter)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")

    page = Site(app, language="en").open(address.removeprefix("/en"))
    page.press("Send no such letters")

    assert "These letters do not come any more." in page.main
    make.a_challenge(title_vi="Ngập nữa")
    assert digests(morning(1)) == {}
    Site(app, lan, language="en").open("/saved").press("Send them again")
    assert lan.email in digests(morning(2))
    assert visitor.client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 204
    make.a_challenge(title_vi="Ngập mãi")
    assert digests(morning(3)) == {}
    assert visitor.open(f"/digests/{key_of(lan)}x").status == 404


@pytest.mark.feature("46")
def test_what_a_suspended_organisation_keeps_rests_until_the_suspension_ends(app):
    company, operator = make.an_organisation("Công ty Sông Xanh"), make.an_operator()
    lan = make.a_member(company, Role.OWNER, language="en")
    challenge = make.a_challenge(closes_at=morning() + timedelta(days=6))
    site = Site(app, lan, language="en").open(f"/challenges/{challenge.slug}").press("Keep", owner=company.slug)
    site.open("/search?q=ngập").press("Keep the search", owner=company.slug).open("/saved")
    removal = site.page.find("form", action=lambda value: value and "/removal" in value)["action"]
    suspend_organisation(company, reason="Giấy đăng ký đã bị thu hồi.", actor=operator)

    seen = site.open("/saved").main
    refused = site.send(removal).status, site.send("/saved/searches", q="ngập", owner=company.slug).status
    at_the_thing = "Kept for" in site.open(f"/challenges/{challenge.slug}").main
    new = make.a_challenge(title_vi="Ngập hầm chui", title_en="Flooded underpasses")
    during = digests(morning())
    lift_suspension(company, actor=operator)

    assert "Công ty Sông Xanh is suspended. What it keeps is not shown and brings no letters" in seen
    assert ("Flood" in seen, "Nothing is kept yet" in seen, at_the_thing) == (False, False, False)
    assert (refused, during) == ((404, 404), {})
    again = site.open("/saved").main
    assert ("Street-level flood warning" in again, "ngập" in again, "suspended" in again) == (True, True, False)
    assert f"/en/challenges/{new.slug}" in digests(morning(1))[lan.email].body


def test_somebody_suspended_gets_no_digest_and_gets_what_was_missed_when_let_in_again(app):
    lan, operator = make.a_person(language="en"), make.an_operator()
    Site(app, lan, language="en").open("/search?q=ngập").press("Keep the search")
    make.a_challenge(title_vi="Ngập hầm chui")
    suspend_person(lan, reason="Dùng tài khoản của người khác.", actor=operator)

    during = digests(morning())
    restore_person(lan, actor=operator)

    assert (during, list(digests(morning(1)))) == ({}, [lan.email])


def test_what_is_kept_is_nobody_elses_and_leaves_no_trace_for_staff(app):
    company, challenge = make.an_organisation(), make.a_challenge()
    lan, stranger = make.a_member(company), make.a_member(make.an_organisation())
    site = Site(app, lan).open(f"/challenges/{challenge.slug}")
    site.send(f"/challenges/{challenge.slug}/saving", owner=company.slug)
    site.send("/saved/searches", q="ngập", owner=company.slug)
    other = Site(app, stranger)

    assert other.open("/").send(f"/challenges/{challenge.slug}/saving", owner=company.slug).status == 404
    kept = site.open("/saved").page.find("form", action=lambda value: value and "/removal" in value)["action"]
    assert other.open("/saved").send(kept).status == 404
    make.a_challenge(title_vi="Ngập")
    assert digests(morning()) != {}
    assert company.name_vi not in Site(app, make.an_operator()).open("/outbox").main
    assert challenge.reference not in Site(app, make.an_auditor()).open("/journal").main
    draft = make.a_draft_challenge(company)
    assert site.send(f"/challenges/{draft.slug}/saving", owner="").status == 404
