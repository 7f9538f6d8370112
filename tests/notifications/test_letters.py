"""Letters: one for each reader, in their language, as plain text, left for the worker."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.services import cancel_challenge, publish_challenge, return_challenge, submit_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.jobs import OutboxJob
from marketplace.notifications.models import Letter
from marketplace.notifications.services import write_letter
from marketplace.notifications.words import LETTER_KINDS
from marketplace.organisations import services as organisations
from marketplace.organisations.stages import Role
from tests import make


def letters():
    return db.session.scalars(select(Letter).order_by(Letter.id)).all()


def told():
    return [(each.kind, each.to_email) for each in letters()]


def in_review(agency, author):
    return make.a_challenge(agency, stage=Stage.IN_REVIEW, author=author)


def test_a_letter_is_left_for_the_worker_once(app):
    lan = make.a_person()

    letter = write_letter("password_changed", to=lan)

    [job] = db.session.scalars(select(OutboxJob)).all()
    assert (job.kind, job.payload) == ("send_letter", {"letter_id": letter.id})
    assert (letter.to_email, letter.to_person, letter.sent_at) == (lan.email, lan, None)


def test_a_letter_goes_with_its_deed(app):
    write_letter("password_changed", to=make.a_person())
    db.session.rollback()

    assert letters() == []
    assert db.session.scalars(select(OutboxJob)).all() == []


def test_texts_in_letters_are_not_escaped_for_html(app):
    organisation = make.an_organisation("Cá & Rồng <AI>")
    owner = make.a_member(organisation, Role.OWNER, "Lê Thị 'Chủ'", language="en")

    organisations.invite(organisation, "minh@example.vn", role=Role.MEMBER, actor=owner)

    [letter] = letters()
    assert letter.subject == "Invitation to Cá & Rồng <AI>"
    assert "Lê Thị 'Chủ' invites you to Cá & Rồng <AI>" in letter.body


def test_no_name_puts_a_second_line_into_the_subject(app):
    organisation = make.an_organisation("Công ty\r\nBcc: moi@example.vn")
    owner = make.a_member(organisation, Role.OWNER)

    organisations.invite(organisation, "minh@example.vn", role=Role.MEMBER, actor=owner)

    [letter] = letters()
    assert "\n" not in letter.subject
    assert letter.to_email == "minh@example.vn"


def test_an_invitation_is_in_the_language_of_whoever_has_the_address_already(app):
    organisation = make.an_organisation("Công ty Sông Xanh", name_en="Green River")
    owner = make.a_member(organisation, Role.OWNER, language="vi")
    make.a_person(email="minh@example.vn", language="en")

    organisations.invite(organisation, "minh@example.vn", role=Role.MEMBER, actor=owner)
    organisations.invite(organisation, "moi@example.vn", role=Role.MEMBER, actor=owner)

    assert [(each.to_email, each.language) for each in letters()] == [
        ("minh@example.vn", "en"),
        ("moi@example.vn", "vi"),
    ]
    assert "Green River" in letters()[0].subject
    assert "http://localhost/en/invitations/" in letters()[0].body
    assert "http://localhost/invitations/" in letters()[1].body


def test_operators_hear_of_a_challenge_to_publish(app):
    agency, operator = make.an_agency(), make.an_operator()
    challenge = make.a_draft_challenge(agency)

    submit_challenge(challenge, actor=make.a_member(agency, Role.MANAGER))

    assert told() == [("challenge_submitted", operator.email)]
    assert f"/challenges/{challenge.slug}" in letters()[0].body


def test_author_and_managers_hear_why_a_challenge_came_back_each_once(app):
    agency, operator = make.an_agency(), make.an_operator()
    author = make.a_member(agency, Role.MANAGER, email="tac-gia@example.vn")
    make.a_member(agency, Role.OWNER, email="chu@example.vn")
    make.a_member(agency, Role.VIEWER, email="xem@example.vn")

    return_challenge(in_review(agency, author), actor=operator, reasons="Thiếu số liệu.\n\nXin bổ sung.")

    assert told() == [("challenge_returned", "tac-gia@example.vn"), ("challenge_returned", "chu@example.vn")]
    assert "Thiếu số liệu.\n\nXin bổ sung." in letters()[0].body


def test_everybody_of_the_agency_hears_of_the_publication(app):
    agency, operator = make.an_agency(), make.an_operator()
    author = make.a_member(agency, Role.MEMBER, email="tac-gia@example.vn")
    make.a_member(agency, Role.VIEWER, email="xem@example.vn")

    publish_challenge(in_review(agency, author), actor=operator)

    assert told() == [("challenge_published", "tac-gia@example.vn"), ("challenge_published", "xem@example.vn")]


def test_a_former_member_hears_nothing(app):
    agency, operator = make.an_agency(), make.an_operator()
    author = make.a_member(agency, Role.MEMBER, email="tac-gia@example.vn")
    agency.memberships[0].ended_at = clock.now()

    publish_challenge(in_review(agency, author), actor=operator)

    assert told() == []


def test_the_agency_hears_of_a_cancellation_with_its_reasons(app):
    agency = make.an_agency()
    manager = make.a_member(agency, Role.MANAGER)

    cancel_challenge(make.a_challenge(agency), actor=manager, reasons="Không còn ngân sách.")

    assert told() == [("challenge_cancelled", manager.email)]
    assert "Không còn ngân sách." in letters()[0].body


def test_every_template_has_a_word_and_every_word_a_template():
    folder = Path(__file__).parents[2] / "templates" / "letters"

    kinds = {path.stem for path in folder.glob("*.txt") if not path.name.startswith("_")}

    assert kinds == set(LETTER_KINDS)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_letter_has_greeting_text_and_farewell_parted_by_one_empty_line(app, language):
    letter = write_letter("password_changed", to=make.a_person("Nguyễn Thị Lan", language=language))

    assert "Nguyễn Thị Lan" in letter.body.split("\n")[0]
    assert re.search(r"\n\n\n", letter.body) is None
    assert letter.body.count("\n\n") == 4
