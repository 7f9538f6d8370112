"""The operator's page of letters."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs import OutboxJob, run_waiting
from marketplace.notifications.models import Letter
from marketplace.notifications.services import write_letter
from tests import make
from tests.queries import count_queries
from tests.site import Site


def subjects(site):
    return [each.get_text(strip=True) for each in site.page.select("tbody th")]


def written(kind="password_changed", **context):
    letter = write_letter(kind, to=make.a_person(language="en"), **context)
    db.session.commit()
    return letter


def test_the_operator_reads_letters_newest_first_by_kind(app):
    written()
    written("reset_password", token="khoa-bi-mat")
    site = Site(app, make.an_operator(), language="en").open("/outbox")

    everything = subjects(site)
    site.press("Show", kind="reset_password")

    assert everything == ["Choose a new password", "Your password was changed"]
    assert subjects(site) == ["Choose a new password"]


@pytest.mark.parametrize("who", ["visitor", "person", "auditor"])
def test_for_everybody_else_there_are_no_letters(app, who):
    letter = written()
    person = {"visitor": lambda: None, "person": make.a_person, "auditor": make.an_auditor}[who]()
    site = Site(app, person)

    assert site.open("/outbox").status == 404
    assert site.open(f"/outbox/{letter.reference}").status == 404


def test_a_page_holds_fifty(app):
    lan = make.a_person()
    for _number in range(51):
        write_letter("password_changed", to=lan)
    site = Site(app, make.an_operator(), language="en")

    assert len(subjects(site.open("/outbox"))) == 50
    assert len(subjects(site.open("/outbox?page=2"))) == 1


def test_a_letter_shows_its_text_with_its_link(app):
    letter = written("reset_password", token="khoa-bi-mat")

    site = Site(app, make.an_operator(), language="en").open("/outbox").click("Choose a new password")

    assert site.address == f"/en/outbox/{letter.reference}"
    assert "http://localhost/en/reset-password/khoa-bi-mat" in site.links()
    assert [each.get_text() for each in site.page.select(".chip")] == ["Waiting"]


def test_where_letters_leave_by_mail_their_secrets_are_not_shown(app):
    letter = written("reset_password", token="khoa-bi-mat")
    operator = make.an_operator()

    with_settings(app, DEMO=False, SMTP_HOST="smtp.example.vn")
    try:
        site = Site(app, operator, language="en").open(f"/outbox/{letter.reference}")
    finally:
        with_settings(app, DEMO=True, SMTP_HOST="")

    assert site.status == 200
    assert "khoa-bi-mat" not in site.html
    assert "The text is for its reader only" in site.main


def test_without_a_mail_server_a_letter_that_was_done_is_kept_here(app):
    letter = written()

    run_waiting()
    site = Site(app, make.an_operator(), language="en").open(f"/outbox/{letter.reference}")

    assert [each.get_text() for each in site.page.select(".chip")] == ["Kept here: no mail server is set"]


def test_a_letter_that_cannot_leave_says_how_often_it_was_tried(app):
    letter = written()
    [job] = db.session.scalars(select(OutboxJob)).all()
    job.attempts, job.failed_at, job.last_error = 8, clock.now(), "ConnectionRefusedError: [Errno 111]"

    site = Site(app, make.an_operator(), language="en").open(f"/outbox/{letter.reference}")

    assert [each.get_text() for each in site.page.select(".chip")] == ["Failed"]
    assert "Tries: 8 of 8" in site.main
    assert "ConnectionRefusedError: [Errno 111]" in site.main


def test_an_unknown_letter_does_not_exist(app):
    assert Site(app, make.an_operator()).open("/outbox/TH-KHONGCO").status == 404


def test_the_list_asks_as_much_for_three_as_for_one(app):
    site = Site(app, make.an_operator())
    written()
    with count_queries() as one:
        site.open("/outbox")
    written()
    written()
    with count_queries() as three:
        site.open("/outbox")

    assert db.session.scalars(select(Letter)).all()
    assert len(three) == len(one)


def test_the_operators_work_page_leads_to_letters_and_journal(app):
    def links(person):
        found = Site(app, person, language="en").open("/work").links()
        return [each for each in found if each in {"Letters", "Journal"}]

    assert links(make.an_operator()) == ["Letters", "Journal"]
    assert links(make.an_auditor()) == ["Journal"]
    assert links(make.a_person()) == []


def with_settings(app, **values):
    app.config.update(values)
