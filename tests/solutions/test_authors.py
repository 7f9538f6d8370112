"""Named authors: each with a share, each certifies by a link in a letter or signed in."""

import re

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Author, Solution
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution


@pytest.fixture
def draft(app) -> Solution:
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố")))


def address_of(solution):
    return f"/solutions/{solution.reference}"


def named(app, solution, email="an@example.vn", share="100") -> Site:
    site = Site(app, solution.author, language="en").open(f"{address_of(solution)}/authors")
    return site.press("Name and ask", full_name="Trần Văn An", email=email, share_bp=share)


def link_in_letter(email="an@example.vn"):
    letters = select(Letter).where(Letter.kind == "author_named", Letter.to_email == email).order_by(Letter.id.desc())
    return re.search(r"http://localhost(/\S*authorships/\S+)", db.session.scalars(letters).first().body).group(1)


@pytest.mark.feature("25")
def test_every_author_certifies_by_a_link_without_an_account_before_it_is_sent(app, draft):
    minh = named(app, draft, share="60")
    minh.press("Name and ask", full_name="Lê Bình", email="binh@example.vn", share_bp="40")
    assert "Contributions in all: 100%" in minh.main
    assert "Submit" not in minh.open(f"{address_of(draft)}/check").buttons()

    for email in ("an@example.vn", "binh@example.vn"):
        Site(app, language="en").open(link_in_letter(email)).press("I certify this")

    assert minh.open(f"{address_of(draft)}/authors").main.count("Certified") == 2
    minh.open(f"{address_of(draft)}/check").press("Submit")
    db.session.expire_all()
    kept = draft.last_version.authors
    assert [(line["name"], line["share_bp"], bool(line["certified_at"])) for line in kept] == [
        ("Trần Văn An", 6000, True),
        ("Lê Bình", 4000, True),
    ]
    assert "Trần Văn An, 60%" in minh.main


@pytest.mark.feature("25")
def test_an_author_with_an_account_answers_signed_in(app, draft):
    an = make.a_person("Trần Văn An", email="an@example.vn")
    named(app, draft)

    site = Site(app, an, language="en").open("/work").click(draft.challenge.title_en).press("I certify this")

    assert "You certified this at" in site.main
    assert "Are you an author?" not in site.open("/work").main
    author = db.session.scalars(select(Author)).one()
    assert Site(app, make.a_person()).open(f"/authorships/{author.reference}").status == 404
    assert Site(app, an).open(address_of(draft)).status == 404


@pytest.mark.feature("25")
def test_whoever_says_no_keeps_it_from_being_sent_and_the_entrant_is_told_once(app, draft):
    minh = named(app, draft)

    for _again in range(2):
        Site(app, language="en").open(link_in_letter()).send(f"{link_in_letter()}/objection")

    letters = db.session.scalars(select(Letter).where(Letter.kind == "author_objected")).all()
    assert [(each.to_person, each.sealed_until) for each in letters] == [(draft.author, draft.challenge.sealed_until)]
    assert "Trần Văn An" in letters[0].body

    assert "Says: no author" in minh.open(f"{address_of(draft)}/authors").main
    assert "Missing: the certification of every author" in minh.text
    minh.press("Remove Trần Văn An")
    assert "Submit" in minh.open(f"{address_of(draft)}/check").buttons()
    assert Site(app).open(link_in_letter()).status == 404


def test_a_changed_share_is_certified_again_with_a_new_link(app, draft):
    minh = named(app, draft)
    old = link_in_letter()
    Site(app, language="en").open(old).press("I certify this")

    minh.open(f"{address_of(draft)}/authors").click("Change").press("Save", share_bp="50")

    assert "Asked" in minh.main
    assert Site(app).open(old).status == 404
    assert Site(app).open(link_in_letter()).status == 200


def test_a_wrong_form_is_told_and_nobody_is_named_twice(app, draft):
    site = named(app, draft, email="an", share="0")
    assert site.status == 422
    assert "This is no e-mail address." in site.errors
    named(app, draft)

    assert named(app, draft).errors == ["This address is named already."]


def test_only_writers_name_authors_and_only_until_closing(app, draft):
    named(app, draft)
    link, viewer = link_in_letter(), make.a_member(draft.organisation, Role.VIEWER)
    form = {"full_name": "Ai", "email": "ai@example.vn", "share_bp": "1"}
    people = [viewer, make.a_person(), make.a_member(draft.challenge.agency)]

    statuses = [Site(app, person).send(f"{address_of(draft)}/authors", **form).status for person in people]

    assert statuses == [403, 404, 404]
    with clock.at(draft.challenge.closes_at):
        visitor = Site(app, language="en").open(link)
        assert "I certify this" not in visitor.buttons()
        assert visitor.send(f"{link.removeprefix('/en')}/certification").status == 409


@pytest.mark.feature("32")
def test_until_closing_no_operator_reads_who_was_named(app, draft):
    named(app, draft)
    operator = Site(app, make.an_operator(), language="en")

    assert "an@example.vn" not in operator.open("/outbox").text
    assert draft.reference not in operator.open("/journal").text
    with clock.at(draft.challenge.closes_at):
        assert "an@example.vn" in operator.open("/outbox").text
        assert "Trần Văn An" not in operator.open("/journal").text
