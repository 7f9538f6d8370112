"""Creating an account: the letter, the confirmation, and what nobody can find out."""

import re

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.jobs import run_waiting
from marketplace.notifications.models import Letter
from tests import make
from tests.site import Site

PASSWORD = "ca-chep-hoa-rong"


def letters(kind=None):
    """What the worker has written by now."""
    run_waiting()
    found = select(Letter).order_by(Letter.id)
    return db.session.scalars(found.where(Letter.kind == kind) if kind else found).all()


def link_in(letter):
    return re.search(r"http://localhost(/\S+)", letter.body).group(1)


def sign_up(app, email="lan@example.vn", *, language="en", **fields):
    ticked = {"terms": "y", "privacy": "y"}
    values = {"full_name": "Nguyễn Thị Lan", "email": email, "password": PASSWORD} | ticked | fields
    label = {"en": "Create an account", "vi": "Đăng ký tài khoản"}[language]
    return Site(app, language=language).open("/sign-up").press(label, **values)


def test_signing_up_writes_a_letter_whose_link_confirms_the_address(app):
    site = sign_up(app)

    assert (site.status, site.address) == (200, "/en/sign-up/check-letters")
    [letter] = letters()
    assert (letter.kind, letter.to_email, letter.language) == ("confirm_address", "lan@example.vn", "en")
    assert link_in(letter).startswith("/en/confirm-address/")

    site.open(link_in(letter)).press("Confirm the address")

    assert (site.status, site.address) == (200, "/en/sign-in")
    assert site.sign_in("lan@example.vn", PASSWORD).address == "/en/work"


@pytest.mark.feature("102", "103")
def test_the_page_is_in_vietnamese_and_one_press_away_in_english(visitor):
    site = visitor.open("/sign-up")
    vietnamese = site.page.html["lang"], site.page.h1.get_text(), site.errors

    site.click("English")

    assert vietnamese == ("vi", "Đăng ký tài khoản", [])
    assert (site.address, site.page.html["lang"], site.page.h1.get_text()) == ("/en/sign-up", "en", "Create an account")


def test_a_refused_form_says_why_in_vietnamese(app):
    site = sign_up(app, "khong-phai-dia-chi", language="vi", full_name="", password="ngan")

    assert site.errors == [
        "Nhập họ và tên.",
        "Địa chỉ email không hợp lệ",
        "Mật khẩu phải có ít nhất 12 ký tự",
    ]


def test_the_letter_is_in_the_language_in_which_somebody_signed_up(app):
    sign_up(app, language="vi")

    [letter] = letters()

    assert (letter.language, letter.body.split("\n")[0]) == ("vi", "Kính gửi Ông/Bà Nguyễn Thị Lan,")
    assert link_in(letter).startswith("/confirm-address/")


def test_a_mail_scanner_that_opens_the_link_confirms_nothing(app):
    sign_up(app)
    [letter] = letters()

    scanner = Site(app).open(link_in(letter))

    assert scanner.status == 200
    assert db.session.scalar(select(Person.confirmed_at)) is None


def test_an_address_that_is_not_confirmed_cannot_sign_in(app):
    sign_up(app)

    site = Site(app, language="en").sign_in("lan@example.vn", PASSWORD)

    assert site.status == 422
    assert site.open("/account").address == "/en/sign-in"


def test_a_registered_address_gets_the_same_page_and_another_letter(app):
    lan = make.a_person(email="lan@example.vn", language="vi")

    known, unknown = sign_up(app), sign_up(app, "moi@example.vn")

    assert (known.status, known.address) == (unknown.status, unknown.address)
    assert known.main == unknown.main.replace("moi@", "lan@")
    assert [(each.kind, each.to_email, each.language) for each in letters()] == [
        ("already_registered", "lan@example.vn", "vi"),
        ("confirm_address", "moi@example.vn", "en"),
    ]
    assert lan.full_name == "Nguyễn Thị Lan"


def test_who_signs_up_with_a_foreign_address_does_not_get_in_when_its_owner_registers(app):
    sign_up(app, password="mat-khau-cua-ke-khac")

    site = sign_up(app)
    letter = letters("already_registered")[0]
    reset = re.search(r"http://localhost(/\S*reset-password/\S+)", letter.body).group(1)
    site.open(reset).press("Save the password", password=PASSWORD)

    assert Site(app).sign_in("lan@example.vn", "mat-khau-cua-ke-khac").status == 422
    assert Site(app).sign_in("lan@example.vn", PASSWORD).address == "/work"


def test_a_link_that_came_too_late_gives_a_new_one_with_one_press(app):
    sign_up(app)
    [letter] = letters()
    app.config["SECURITY_CONFIRM_EMAIL_WITHIN"], within = (
        -app.config["SECURITY_CONFIRM_EMAIL_WITHIN"],
        app.config["SECURITY_CONFIRM_EMAIL_WITHIN"],
    )
    try:
        late = Site(app).open(link_in(letter))
    finally:
        app.config["SECURITY_CONFIRM_EMAIL_WITHIN"] = within

    late.press("Send a new link")

    assert late.address == "/en/sign-up/check-letters"
    assert [each.kind for each in letters()] == ["confirm_address", "confirm_address"]


def test_a_link_opened_again_says_that_the_address_is_confirmed(app):
    sign_up(app)
    [letter] = letters()
    site = Site(app).open(link_in(letter)).press("Confirm the address")

    site.open(link_in(letter))

    assert site.address == "/en/sign-in"
    assert "This address is confirmed already." in site.text


def test_a_mutilated_link_says_so(visitor):
    site = visitor.open("/en/confirm-address/khong-phai-khoa")

    assert site.status == 404
    assert site.page.h1.get_text() == "This link does not work any more"


def test_a_refused_form_keeps_what_was_typed_but_for_the_password(app):
    site = sign_up(app, "khong-phai-dia-chi", password="ngan")

    assert site.status == 422
    assert len(site.errors) == 2
    assert (site.value("full_name"), site.value("email"), site.value("password")) == (
        "Nguyễn Thị Lan",
        "khong-phai-dia-chi",
        "",
    )
    assert letters() == []


def test_a_name_typed_decomposed_is_stored_composed(app):
    import unicodedata

    sign_up(app, full_name=unicodedata.normalize("NFD", "  Đỗ   Thị Ẩn\u200b "))
    letters()

    assert db.session.scalar(select(Person.full_name)) == "Đỗ Thị Ẩn"


def test_whoever_asks_for_json_gets_the_page(app):
    answer = app.test_client().get("/sign-in", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.mimetype) == (200, "text/html")


@pytest.mark.parametrize("address", ["/verify", "/fs-static/js/webauthn.js", "/login", "/register", "/reset", "/mf"])
def test_nothing_of_the_library_shows_beside_our_pages(visitor, address):
    assert visitor.open(address).status == 404
