"""Terms of use, privacy notice, and consent purpose by purpose."""

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.accounts.terms.models import Consent
from marketplace.accounts.terms.stages import Purpose
from marketplace.db import db
from tests import make
from tests.accounts.test_sign_up import letters, sign_up
from tests.site import Site


def lines():
    found = db.session.scalars(select(Consent).order_by(Consent.id))
    return [(each.purpose, each.version, each.language, each.withdrawn_at is None) for each in found]


def test_nothing_is_ticked_beforehand_and_without_the_terms_there_is_no_account(app):
    site = Site(app, language="en").open("/sign-up")
    ticked = site.page.select("input[type=checkbox][checked]")

    refused = sign_up(app, terms="", privacy="")
    letters()

    assert ticked == []
    assert refused.errors == [
        "Without accepting the terms of use you cannot have an account.",
        "Read the privacy notice, then tick that you did.",
    ]
    assert db.session.scalars(select(Person)).all() == []


def test_what_was_accepted_is_kept_with_version_language_and_the_hash_of_the_words(app):
    sign_up(app)
    letters()

    assert lines() == [(Purpose.TERMS, "2026-11", "en", True), (Purpose.PRIVACY, "2026-11", "en", True)]
    [kept, _privacy] = db.session.scalars(select(Consent).order_by(Consent.id))
    shown = Site(app, language="vi").open("/terms")
    assert kept.text_hash in shown.main
    assert "không phải là sàn thương mại điện tử" in shown.main
    assert "not an e-commerce platform" in Site(app, language="en").open("/terms").main


def test_each_purpose_is_agreed_to_and_taken_back_by_itself(app):
    lan = make.a_person()
    site = Site(app, lan, language="en").open("/account").click("What you agreed to")

    before = site.page.select("input[name=purpose][checked]")
    site.press("Save the choice", purpose=["news", "research"])
    site.press("Save the choice", purpose=["research"])

    assert before == []
    assert [each["value"] for each in site.page.select("input[name=purpose][checked]")] == ["research"]
    assert lines() == [(Purpose.NEWS, "2026-11", "en", False), (Purpose.RESEARCH, "2026-11", "en", True)]


def test_new_words_are_accepted_anew_and_the_old_acceptance_stays_on_record(app):
    lan = make.a_person()
    old = {"version": "2026-01", "text_hash": "0" * 64, "language": "vi", "given_at": lan.created_at}
    db.session.add_all(Consent(person=lan, purpose=each, **old) for each in (Purpose.TERMS, Purpose.PRIVACY))
    site = Site(app, lan, language="en").open("/work")

    site.click("Read and accept").press("I have read and accept them")

    assert [(purpose, version) for purpose, version, *_ in lines()] == [
        (Purpose.TERMS, "2026-01"),
        (Purpose.PRIVACY, "2026-01"),
        (Purpose.TERMS, "2026-11"),
        (Purpose.PRIVACY, "2026-11"),
    ]
    assert "have not accepted yet" not in site.open("/work").main
