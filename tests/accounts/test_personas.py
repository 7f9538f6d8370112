"""Entering as a demo person: only in demo mode, only from this machine."""

import dataclasses

import pytest
from sqlalchemy import select

from marketplace.accounts.models import OpenSession
from marketplace.app import create_app
from marketplace.db import db
from marketplace.demo.content import content
from marketplace.settings import WrongSetting, read_settings
from tests import make
from tests.site import Site


def a_demo_person(name="Đỗ Thị Thanh Lan", email="lan@sxd.example.vn"):
    return make.a_person(name, email=email, is_demo=True)


def test_somebody_enters_as_a_demo_person(app):
    a_demo_person()
    site = Site(app, language="en").open("/personas")

    site.press("Enter as Đỗ Thị Thanh Lan")

    assert (site.status, site.address) == (200, "/en/work")
    assert "Đỗ Thị Thanh Lan" in site.text


def test_entering_as_somebody_else_ends_the_session_before(app):
    a_demo_person()
    a_demo_person("Phạm Minh", "minh@example.vn")
    site = Site(app, language="en").open("/personas").press("Enter as Đỗ Thị Thanh Lan")

    site.open("/personas").press("Enter as Phạm Minh")

    still_open = db.session.scalars(select(OpenSession).where(OpenSession.ended_at.is_(None))).all()
    assert len(still_open) == 1
    assert "Phạm Minh" in site.text


def test_personas_stand_in_groups_with_what_they_do(app):
    told = [each for each in content("people") if each["featured"]]
    for each in told:
        a_demo_person(each["full_name"], each["email"])
    a_demo_person("Người Khác", "khac@example.vn")

    site = Site(app, language="en").open("/personas")

    groups = list(dict.fromkeys(each.p.get_text() for each in site.page.select("#main .card")))
    shown = {each.get_text() for each in site.page.select("#main h2")}
    assert groups == ["Agencies", "The platform", "Business", "Academia", "Judges", "The public"]
    assert shown == {each["full_name"] for each in told}
    assert "1 more person" in site.main


def test_nobody_enters_as_a_real_person(app):
    lan = make.a_person()
    site = Site(app).open("/personas")

    site.send(f"/personas/{lan.reference}/entry")

    assert site.status == 404
    assert db.session.scalars(select(OpenSession)).all() == []


@pytest.mark.parametrize("caller", ["192.168.1.7", "203.0.113.9", "::ffff:203.0.113.9"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_from_elsewhere_there_are_no_personas(app, caller, method):
    lan = a_demo_person()
    site = Site(app).open("/sign-in")
    address = "/personas" if method == "GET" else f"/personas/{lan.reference}/entry"

    answer = site.client.open(
        address, method=method, data={"csrf_token": site.csrf_token()}, environ_base={"REMOTE_ADDR": caller}
    )

    assert answer.status_code == 404


def test_a_request_that_was_forwarded_finds_no_personas(app):
    answer = Site(app).client.get("/personas", headers={"X-Forwarded-For": "203.0.113.9"})

    assert answer.status_code == 404


def test_without_demo_mode_there_are_no_personas(app, settings, tmp_path):
    plain = create_app(dataclasses.replace(settings, demo=False, instance=str(tmp_path), database_url=""))

    endpoints = {rule.endpoint for rule in plain.url_map.iter_rules()}
    answer = plain.test_client().get("/personas")

    assert not {endpoint for endpoint in endpoints if endpoint.startswith("demo.")}
    assert answer.status_code == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "example.vn"])
def test_demo_mode_does_not_start_where_others_can_reach_it(host):
    with pytest.raises(WrongSetting):
        read_settings({"DEMO": "1", "HOST": host})
