"""Signing in and out."""

from sqlalchemy import func, select

from marketplace.accounts.models import OpenSession
from marketplace.db import db
from tests import make
from tests.site import Site


def test_a_person_signs_in_with_address_and_password(app):
    lan = make.a_person("Nguyễn Thị Lan")

    site = Site(app).sign_in(lan.email)

    assert site.status == 200
    assert site.address == "/work"
    assert db.session.scalar(select(func.count()).select_from(OpenSession)) == 1


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app):
    lan = make.a_person()

    wrong = Site(app).sign_in(lan.email, "khong-phai-mat-khau")
    unknown = Site(app).sign_in("khong-ai@example.vn", "khong-phai-mat-khau")

    assert (wrong.status, wrong.errors) == (unknown.status, unknown.errors)
    assert wrong.status == 422
