"""The first operator of an empty site, made with a one-time address."""

from marketplace.accounts import services
from marketplace.accounts.models import PlatformRole
from marketplace.accounts.queries import operators, person_by_email
from marketplace.db import db
from tests import make
from tests.site import Site

FIELDS = {"full_name": "Trần Văn Điều", "email": "dieu@example.vn", "password": "mua-xuan-dau-tien"}


def test_the_one_time_address_makes_an_operator_once(app):
    address = f"/first-operator/{services.make_operator_key()}"

    site = Site(app, language="en").open(address).press("Make the account", **FIELDS)

    assert (site.status, site.address) == (200, "/en/sign-in")
    assert [each.email for each in operators()] == ["dieu@example.vn"]
    assert Site(app, language="en").open(address).status == 404


def test_an_address_that_is_taken_is_said_at_its_field(app):
    make.a_person(email="dieu@example.vn")
    address = f"/first-operator/{services.make_operator_key()}"

    site = Site(app, language="en").open(address).press("Make the account", **FIELDS)

    assert (site.status, site.errors) == (422, ["There is already an account with this address."])
    assert Site(app, language="en").open(address).status == 200


def test_an_unknown_address_does_not_exist(visitor):
    assert visitor.open("/first-operator/khong-co").status == 404


def test_an_operator_gives_roles_to_others_and_nobody_else_does(app):
    operator, lan = make.an_operator(), make.a_person()

    services.grant_role(lan, PlatformRole.AUDITOR, actor=operator)
    db.session.commit()

    assert person_by_email(lan.email).platform_roles == {PlatformRole.AUDITOR}
