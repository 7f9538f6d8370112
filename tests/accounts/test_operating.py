"""The operator's room: people, roles, suspension, settings."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person, PlatformRole
from marketplace.accounts.services import end_role
from marketplace.db import db
from marketplace.errors import Refused
from marketplace.jobs import OutboxJob
from marketplace.notifications.services import write_letter
from tests import make
from tests.accounts.test_second_factor import half_way, set_up
from tests.site import Site

REASON = "Mạo danh cơ quan trong ba lần gửi thư."


def room_of(app, person, operator=None):
    return Site(app, operator or make.an_operator(), language="en").open(f"/operator/people/{person.reference}")


@pytest.mark.feature("T-036", "T-126")
def test_a_suspended_person_is_out_at_the_next_request_and_comes_back_when_restored(app):
    lan = make.a_person()
    browsers = [Site(app, lan, language="en"), Site(app, lan, language="en")]
    room = room_of(app, lan)

    room.press("Suspend the account", reason=REASON, typed="NG-AIKHAC")
    mistyped = room.status, browsers[0].open("/account").address
    room.open(f"/operator/people/{lan.reference}").press("Suspend the account", reason=REASON, typed=lan.reference)
    out = [site.open("/account").address for site in browsers]
    refused = Site(app, language="en").sign_in(lan.email).status
    room.press("Let the person in again")

    assert mistyped == (422, "/en/account")
    assert (out, refused) == (["/en/sign-in"] * 2, 422)
    assert Site(app, language="en").sign_in(lan.email).address == "/en/work"


def test_the_page_of_somebody_without_organisations_invites_the_operator_to_nothing(app):
    room = room_of(app, make.a_person())

    assert "Organisations None" in " ".join(room.main.split())
    assert [each for each in ("You do not belong", "What shows that I know") if each in room.main] == []


def test_roles_are_given_and_taken_away_in_the_room_and_end_open_sessions(app):
    lan, operator = make.a_person(), make.an_operator()
    site, room = Site(app, lan, language="en"), room_of(app, lan, operator)

    room.press("Give: Auditor")
    given = site.open("/account").address, lan.is_auditor
    site = Site(app, lan, language="en")
    room.press("Take away: Auditor")

    assert given == ("/en/sign-in", True)
    assert site.open("/account").address == "/en/sign-in"
    assert not lan.is_auditor
    own = room.open(f"/operator/people/{operator.reference}")
    assert [each for each in own.buttons() if "Take away" in each or "Suspend" in each] == []
    assert own.send(f"/operator/people/{operator.reference}/roles/end", role="operator").status == 403
    assert Site(app, lan).open("/operator/people").status == 404


@pytest.mark.each_database
def test_of_two_operators_who_take_each_others_role_away_one_stays(app):
    ids = [make.an_operator(name).id for name in ("Trần Văn Một", "Trần Văn Hai")]
    barrier, answers = Barrier(2), []
    db.session.commit()

    def end(mine, other):
        with app.app_context():
            me, them = db.session.get_one(Person, mine), db.session.get_one(Person, other)
            db.session.rollback()
            barrier.wait()
            try:
                end_role(them, PlatformRole.OPERATOR, actor=me)
                db.session.commit()
                answers.append("ended")
            except Refused:
                db.session.rollback()
                answers.append("refused")

    threads = [Thread(target=end, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["ended", "refused"]


def test_whoever_lost_phone_and_codes_is_let_in_by_the_operator(app):
    lan = make.a_person(language="en")
    set_up(app, lan)
    room = room_of(app, lan)

    empty = room.press("Take the second step off", how="").errors
    room.press("Take the second step off", how="Gọi lại cơ quan, xác nhận họ tên")

    assert empty == ["Write how you made sure."]
    assert half_way(app, lan).address == "/en/work"


def test_people_are_found_by_part_of_name_or_address_and_listed_by_pages(app):
    operator = make.an_operator("Trần Văn Điều")
    for number in range(51):
        make.a_person(f"Nguyễn Thị Lan {number}")
    make.a_person("Đỗ Thị Ẩn", email="an@sxd.example.vn", active=False)
    site = Site(app, operator, language="en").open("/work").click("People and their roles")

    pages = [len(site.open(f"/operator/people?page={number}").page.select("tbody tr")) for number in (1, 2)]
    found = {
        words: len(site.open("/operator/people").press("Show", q=words).page.select("tbody tr"))
        for words in ("Ẩn", "sxd")
    }
    suspended = site.open("/operator/people?state=suspended").main

    assert pages == [30, 23]
    assert found == {"Ẩn": 1, "sxd": 1}
    assert "Đỗ Thị Ẩn" in suspended


def test_the_settings_in_force_are_shown_without_secrets(app):
    site = Site(app, make.an_operator(), language="en").open("/work").click("Settings in force")

    assert "SESSION_HOURS 8760" in site.main
    assert app.config["SECRET_KEY"] not in site.html


def test_a_letter_given_up_is_tried_again_at_the_operators_word(app):
    letter = write_letter("password_changed", to=make.a_person())
    job = db.session.scalars(select(OutboxJob)).one()
    job.failed_at, job.attempts, job.last_error = clock.now(), 8, "ConnectionRefusedError"
    site = Site(app, make.an_operator(), language="en").open(f"/outbox/{letter.reference}")

    site.press("Try again")

    assert (job.failed_at, job.attempts) == (None, 0)
    assert site.send(f"/outbox/{letter.reference}/retry").status == 409
