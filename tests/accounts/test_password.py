"""Setting a new password: what the letter does, and what nobody can find out."""

import re

from sqlalchemy import select

from marketplace.accounts.models import OpenSession
from marketplace.db import db
from marketplace.jobs import run_waiting
from marketplace.notifications.models import Letter
from tests import make
from tests.site import Site

NEW = "hoa-sua-thang-muoi"


def letters():
    """What the worker has written by now."""
    run_waiting()
    return db.session.scalars(select(Letter).order_by(Letter.id)).all()


def link_in(letter):
    return re.search(r"http://localhost(/\S+)", letter.body).group(1)


def ask_for_a_letter(app, email):
    return Site(app, language="en").open("/reset-password").press("Send the link", email=email)


def open_session_count():
    return len(db.session.scalars(select(OpenSession).where(OpenSession.ended_at.is_(None))).all())


def test_a_new_password_from_the_letter_ends_every_open_session(app):
    lan = make.a_person(email="lan@example.vn", language="en")
    elsewhere = Site(app, lan)
    ask_for_a_letter(app, "lan@example.vn")

    site = Site(app).open(link_in(letters()[0])).press("Save the password", password=NEW)

    assert site.address == "/en/sign-in"
    assert open_session_count() == 0
    assert elsewhere.open("/account").address == "/sign-in"
    assert Site(app).sign_in("lan@example.vn", NEW).address == "/work"
    assert [each.kind for each in letters()] == ["reset_password", "password_changed"]


def test_a_link_for_a_new_password_works_once(app):
    make.a_person(email="lan@example.vn", language="en")
    ask_for_a_letter(app, "lan@example.vn")
    link = link_in(letters()[0])
    Site(app).open(link).press("Save the password", password=NEW)

    again = Site(app).open(link)

    assert again.status == 404
    assert again.page.h1.get_text() == "This link does not work any more"


def test_known_and_unknown_addresses_get_the_same_answer(app):
    make.a_person(email="lan@example.vn")

    known, unknown = ask_for_a_letter(app, "lan@example.vn"), ask_for_a_letter(app, "khong@example.vn")

    assert (known.status, known.address) == (unknown.status, unknown.address) == (200, "/en/sign-up/check-letters")
    assert known.text == unknown.text.replace("khong@", "lan@")
    assert [each.to_email for each in letters()] == ["lan@example.vn"]


def test_a_new_link_to_confirm_is_answered_the_same_for_known_and_unknown_addresses(app):
    make.a_person(email="lan@example.vn").confirmed_at = None

    def ask(email):
        return Site(app, language="en").open("/confirm-address").press("Send the link", email=email)

    known, unknown = ask("lan@example.vn"), ask("khong@example.vn")

    assert (known.status, known.address) == (unknown.status, unknown.address)
    assert known.text == unknown.text.replace("khong@", "lan@")
    assert [(each.kind, each.to_email) for each in letters()] == [("confirm_address", "lan@example.vn")]


def test_changing_the_password_keeps_this_session_and_ends_the_others(app):
    lan = make.a_person()
    here, elsewhere = Site(app, lan, language="en"), Site(app, lan)

    here.open("/change-password").press("Save the password", password=make.PASSWORD, new_password=NEW)

    assert (here.status, here.address) == (200, "/en/account")
    assert here.open("/account").address == "/en/account"
    assert elsewhere.open("/account").address == "/sign-in"
    assert open_session_count() == 1


def test_the_old_password_is_asked_before_it_is_changed(app):
    lan = make.a_person()
    site = Site(app, lan, language="en").open("/change-password")
    assert "(optional)" not in site.main

    site.press("Save the password", password="khong-phai-mat-khau", new_password=NEW)

    assert (site.status, len(site.errors)) == (422, 1)
    assert Site(app).sign_in(lan.email).address == "/work"


def test_a_password_with_letters_no_keyboard_has_meets_no_fault(app):
    lan = make.a_person()
    statuses = {Site(app).sign_in(lan.email, password).status for password in ("a\x00b" * 5, "𝒟" * 12, " " * 12)}
    statuses |= {Site(app).sign_in(email, NEW).status for email in ("a\x00b@example.vn", "@", "x" * 300)}

    assert statuses == {422}
