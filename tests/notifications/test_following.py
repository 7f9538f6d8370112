"""Following a challenge by e-mail without an account."""

import re

import pytest
from sqlalchemy import select

from marketplace.challenges.asking import services as asking
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.notifications.models import EmailFollower, Letter
from marketplace.notifications.services import _message
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site


def letters(kind):
    return db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)).all()


def ask(app, challenge, email="ong-ba@example.vn"):
    site = Site(app, language="en").open(f"/challenges/{challenge.slug}").click("Follow by e-mail, without an account")
    return site.press("Send the link", email=email)


def link_in(letter):
    return re.search(r"http://localhost(/\S*followed/\S+)", letter.body).group(1)


def answer_a_question(challenge):
    question = asking.ask_question(challenge, actor=make.a_person(), text="Có bản đồ cống không?", language="vi")
    writer = make.a_member(challenge.agency, Role.MANAGER)
    asking.answer_question(question, actor=writer, answers={"answer_vi": "Có, xem tài liệu đính kèm."})
    db.session.commit()


@pytest.mark.feature("100")
def test_an_address_follows_after_its_owner_said_yes_and_one_click_ends_it(app):
    challenge = make.a_challenge()
    sent = ask(app, challenge)
    ask(app, challenge)
    answer_a_question(challenge)
    too_early = [each.to_email for each in letters("challenge_answered")]
    link = link_in(letters("follow_asked")[0])
    site = Site(app).open(link)
    scanner = db.session.scalars(select(EmailFollower)).one().confirmed_at

    site.press("Yes, follow")
    answer_a_question(challenge)
    told = [each for each in letters("challenge_answered") if each.to_email == "ong-ba@example.vn"]
    header = _message(told[0])["List-Unsubscribe"]
    clicked = app.test_client().post(
        header.strip("<>").removeprefix("http://localhost"), data={"List-Unsubscribe": "One-Click"}
    )
    answer_a_question(challenge)

    assert "A letter is on its way to ong-ba@example.vn." in sent.text
    assert "ong-ba@example.vn" not in too_early
    assert scanner is None
    assert [(each.language, "followed/" in each.body) for each in told] == [("en", True)]
    assert clicked.status_code == 204
    assert len([each for each in letters("challenge_answered") if each.to_email == "ong-ba@example.vn"]) == 1
    assert "No more letters" in site.open(link).main


def test_what_not_everybody_finds_cannot_be_followed_and_addresses_are_checked(app):
    hidden, public = make.a_challenge(stage=Stage.DRAFT), make.a_challenge()

    assert Site(app).open(f"/challenges/{hidden.slug}/email-following").status == 404
    assert ask(app, public, "khong-phai-dia-chi").errors == ["This is no e-mail address."]
    assert Site(app).open("/followed/khong-phai-khoa").status == 404
    assert "Follow by e-mail" not in Site(app, make.a_person(), language="en").open(f"/challenges/{public.slug}").main
    assert db.session.scalars(select(EmailFollower)).all() == []
