"""How often sign-in, sign-up and letters may be tried, and that known and unknown addresses are alike in it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from marketplace import clock, limits
from marketplace.db import db
from marketplace.errors import TooManyTries
from marketplace.limits import LimitedTry, forget_old_tries
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site

pytestmark = pytest.mark.each_database

WRONG = "khong-phai-mat-khau"


def a_browser(app, caller="203.0.113.9"):
    site = Site(app, language="en").open("/sign-in")
    site.client.environ_base["REMOTE_ADDR"] = caller
    return site


def statuses(site, address, fields, *, times):
    return [site.send(address, **fields).status for _ in range(times)]


@pytest.mark.feature("T-028")
def test_after_ten_wrong_passwords_even_the_right_one_waits_five_minutes(app):
    lan = make.a_person()
    site = a_browser(app)

    wrong = statuses(site, "/sign-in", {"email": lan.email, "password": WRONG}, times=10)
    right = site.send("/sign-in", email=lan.email.upper(), password=make.PASSWORD)

    assert wrong == [422] * 10
    assert right.status == 429
    assert "The next try is possible in 5 minutes." in right.main
    assert 290 < int(right.headers["Retry-After"]) <= 301
    assert a_browser(app, "198.51.100.7").send("/sign-in", email=lan.email, password=make.PASSWORD).status == 429
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert site.open("/sign-in").send("/sign-in", email=lan.email, password=make.PASSWORD).address == "/en/work"


def test_right_passwords_do_not_count(app):
    lan = make.a_person()

    for _ in range(11):
        assert a_browser(app).send("/sign-in", email=lan.email, password=make.PASSWORD).address == "/en/work"

    assert db.session.scalar(select(func.count()).select_from(LimitedTry)) == 0


def test_one_caller_cannot_try_many_addresses(app):
    lan, neighbour = make.a_person(), "2001:db8:1:2::7"
    site = a_browser(app, "2001:db8:1:2::1")
    for number in range(10):
        site.send("/sign-in", email=f"nguoi-la-{number}@example.vn", password=WRONG)

    assert a_browser(app, neighbour).send("/sign-in", email=lan.email, password=make.PASSWORD).status == 429
    assert a_browser(app, "2001:db8:1:3::1").send("/sign-in", email=lan.email, password=make.PASSWORD).status == 200


@pytest.mark.feature("T-025", "T-039")
@pytest.mark.parametrize(
    ("address", "most", "fields"),
    [
        ("/reset-password", 5, {}),
        ("/confirm-address", 3, {}),
        ("/sign-up", 3, {"full_name": "Nguyễn Thị Lan", "password": "ca-chep-hoa-rong", "terms": "y", "privacy": "y"}),
    ],
)
def test_letters_are_limited_alike_for_known_and_unknown_addresses(app, address, most, fields):
    known, unknown = make.a_person().email, "khong-ai@example.vn"

    told = [statuses(a_browser(app), address, {"email": email, **fields}, times=most + 1) for email in (known, unknown)]

    assert told == [[200] * most + [429]] * 2


def test_four_at_once_together_never_try_more_often_than_the_limit(app):
    barrier, allowed = Barrier(4), []

    def try_often():
        with app.app_context():
            barrier.wait()
            for _ in range(8):
                try:
                    limits.spend({"reset.address": "lan@example.vn", "sign_in.everybody": ""})
                except TooManyTries:
                    continue
                allowed.append(True)

    threads = [Thread(target=try_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kept = db.session.scalar(select(func.count()).select_from(LimitedTry))
    assert (len(allowed), kept) == (5, 10)


def test_tries_are_forgotten_after_a_day(app):
    with clock.at(clock.now() - timedelta(days=1, minutes=1)):
        limits.spend({"reset.address": "lan@example.vn"})
    limits.spend({"reset.address": "lan@example.vn"})

    forget_old_tries()

    assert db.session.scalar(select(func.count()).select_from(LimitedTry)) == 1


@pytest.mark.feature("T-039")
def test_nobody_is_bombed_with_invitations(app):
    organisation = make.an_organisation()
    site = Site(app, make.a_member(organisation, Role.OWNER), language="en")
    site.open(f"/organisations/{organisation.slug}/members")

    sent = statuses(
        site, f"/organisations/{organisation.slug}/invitations", {"email": "minh@example.vn", "role": "viewer"}, times=6
    )

    assert sent == [200] * 5 + [429]
