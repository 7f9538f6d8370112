"""An agency writes to everybody who stands at the same place, and learns of nobody before entries are opened."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs import run_waiting
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.solutions.stages import Stage
from tests import make
from tests.site import Site
from tests.solutions.entries import an_empty_solution

LETTER = {
    "subject_vi": "Còn thiếu phụ lục",
    "body_vi": "Đề nghị bổ sung trước thứ Sáu.",
    "body_en": "Please add the annex.",
}


@pytest.mark.feature("101")
def test_drafters_get_a_letter_while_neither_agency_nor_operator_learns_of_them(app):
    challenge = make.a_challenge()
    clerk = make.a_member(challenge.agency, Role.MEMBER, "Nguyễn Thị Thư Ký")
    drafter = make.a_member(make.an_organisation("Công ty Nháp"), Role.OWNER, language="en")
    sender = make.a_member(make.an_organisation("Công ty Đã Nộp"), Role.OWNER)
    an_empty_solution(challenge, drafter)
    an_empty_solution(challenge, sender, stage=Stage.SUBMITTED)

    site = Site(app, clerk, language="en").open(f"/challenges/{challenge.slug}").click("Write to many")
    refused = site.press("Look at it", audience="drafters", subject_vi="", body_vi="").errors
    preview = site.press("Look at it", audience="drafters", **LETTER).main
    site.press("Send the letters")
    again = site.send(f"{site.address.removeprefix('/en')}/{_reference(site)}/sending").status
    run_waiting()
    staff = site.open(f"/challenges/{challenge.slug}/letters").main
    outbox = Site(app, make.an_operator(), language="en").open("/outbox").main
    with clock.at(challenge.closes_at + timedelta(minutes=1)):
        opened = site.open(f"/challenges/{challenge.slug}/letters").page.select("tbody td")[-1].get_text(strip=True)

    letters = db.session.scalars(select(Letter)).all()
    assert [(each.to_person_id, each.subject) for each in letters] == [(drafter.id, "Còn thiếu phụ lục")]
    assert "Please add the annex." in letters[0].body
    assert refused == ["Write the subject in Vietnamese.", "Write the letter in Vietnamese."]
    assert "Letters Said once entries are opened" in preview
    assert ("sealed" in staff, again) == (True, 409)
    assert "Còn thiếu phụ lục" not in outbox
    assert (opened, "Công ty Nháp" in staff) == ("1", False)


def test_it_may_be_thrown_away_and_is_only_for_those_who_run_the_challenge(app):
    challenge = make.a_closed_challenge()
    clerk = make.a_member(challenge.agency, Role.MEMBER, "Nguyễn Thị Thư Ký")
    address = f"/challenges/{challenge.slug}/letters"

    site = Site(app, clerk, language="en").open(address).press("Look at it", audience="entrants", **LETTER)
    counted = site.main
    site.press("Throw the letter away")
    others = [Site(app, person).open(address).status for person in (make.a_person(), make.an_operator())]

    assert "Letters 0" in counted
    assert "The letter was thrown away; nobody got it." in site.text
    assert others == [404, 404]


def _reference(site):
    return site.page.select_one("tbody th a")["href"].rsplit("/", 1)[1]
