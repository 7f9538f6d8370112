"""Review, publication, return, cancellation."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site


@pytest.fixture
def agency(app):
    return make.an_agency("Sở Xây dựng thử nghiệm")


@pytest.fixture
def manager(agency):
    return make.a_member(agency, Role.MANAGER, "Nguyễn Văn Quản")


@pytest.fixture
def in_review(agency):
    challenge = make.a_draft_challenge(agency)
    challenge.move("submit")
    db.session.commit()
    return challenge


@pytest.mark.feature("N8", "17")
def test_an_incomplete_statement_is_not_sent_and_says_what_is_missing(app, agency, manager):
    challenge = make.a_draft_challenge(agency, complete=False)

    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/edit").press("Send for review")

    assert site.status == 422
    assert "Missing: who suffers from the problem" in site.errors
    assert len(site.errors) == 16
    db.session.refresh(challenge)
    assert challenge.stage == Stage.DRAFT


@pytest.mark.feature("10", "106")
def test_a_statement_is_sent_published_and_seen_by_everyone(app, agency, manager):
    challenge = make.a_draft_challenge(agency)
    Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/edit").press("Send for review")

    Site(app, make.an_operator(), language="en").open(f"/challenges/{challenge.slug}").press("Publish")

    visitor = Site(app, language="en").open(f"/challenges/{challenge.slug}")
    assert visitor.status == 200
    assert "Street-level flood warning" in visitor.main
    lines = select(JournalEntry.event).where(JournalEntry.object_reference == challenge.reference)
    assert db.session.scalars(lines.order_by(JournalEntry.id)).all() == ["ChallengeSubmitted", "ChallengePublished"]


def test_the_journal_keeps_before_and_after(app, in_review):
    Site(app, make.an_operator(), language="en").open(f"/challenges/{in_review.slug}").press("Publish")

    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "ChallengePublished")).one()
    assert line.changes["stage"] == ["in_review", "published"]
    assert line.object_reference == in_review.reference


@pytest.mark.feature("10")
def test_a_returned_statement_shows_the_reasons_to_its_authors(app, agency, manager, in_review):
    Site(app, make.an_operator(), language="en").open(f"/challenges/{in_review.slug}").press(
        "Send back", reasons="Chưa rõ chi phí hiện nay."
    )

    site = Site(app, manager, language="en").open(f"/challenges/{in_review.slug}/edit")
    assert "Chưa rõ chi phí hiện nay." in site.main
    db.session.refresh(in_review)
    assert in_review.stage == Stage.DRAFT


def test_sending_back_needs_reasons(app, in_review):
    site = Site(app, make.an_operator(), language="en").open(f"/challenges/{in_review.slug}")

    site.press("Send back", reasons="   ")

    assert (site.status, site.errors) == (422, ["Give the reasons."])


def test_a_member_cannot_send_it_for_review_and_a_manager_cannot_publish(app, agency, manager, in_review):
    draft = make.a_draft_challenge(agency)
    member = make.a_member(agency)

    assert Site(app, member).send(f"/challenges/{draft.slug}/review").status == 403
    assert Site(app, manager).send(f"/challenges/{in_review.slug}/publication").status == 403
    db.session.refresh(in_review)
    assert in_review.stage == Stage.IN_REVIEW


def test_an_operator_does_not_publish_what_they_wrote(app, agency, in_review):
    operator = make.an_operator()
    in_review.author = operator

    assert Site(app, operator).send(f"/challenges/{in_review.slug}/publication").status == 403


def test_a_draft_and_a_published_challenge_cannot_be_published(app, agency):
    operator = make.an_operator()
    published = make.a_challenge(agency)

    assert Site(app, operator).send(f"/challenges/{published.slug}/publication").status == 409


def test_a_timetable_that_ran_out_in_review_is_not_published(app, agency):
    now = datetime.now(UTC)
    stale = make.a_challenge(
        agency, stage=Stage.IN_REVIEW, opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )

    site = Site(app, make.an_operator(), language="en").open(f"/challenges/{stale.slug}").press("Publish")

    assert site.status == 422
    assert "opening and closing times at least 24 hours apart" in site.main
    db.session.refresh(stale)
    assert stale.stage == Stage.IN_REVIEW


def test_a_manager_cancels_with_reasons(app, agency, manager):
    challenge = make.a_challenge(agency)

    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/cancellation")
    site.press("Cancel the challenge", reasons="Dự án đã dừng.")

    assert "The agency cancelled this challenge." in site.main
    assert Site(app, make.a_member(agency)).send(f"/challenges/{challenge.slug}/cancellation").status == 403
