"""No lost entry: what becomes of complete drafts that nobody sent in time."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.jobs import OutboxJob, run_waiting
from marketplace.notifications.models import Letter
from marketplace.solutions import services
from marketplace.solutions.models import Solution
from marketplace.solutions.services.sealing import close_challenges
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution


@pytest.fixture
def draft(app) -> Solution:
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố")))


def address_of(solution):
    return f"/solutions/{solution.reference}"


@pytest.mark.feature("N12")
def test_a_complete_draft_is_received_at_closing_where_it_was_announced_and_asked_for(app, draft):
    draft.challenge.counts_complete_drafts = True
    site = Site(app, draft.author, language="en").open(address_of(draft)).press("Send it for me at closing")
    assert "Do not send it at closing" in site.buttons()

    with clock.at(draft.challenge.closes_at):
        run_waiting()
        site.open(address_of(draft))

    db.session.expire_all()
    version = draft.last_version
    assert (draft.stage, version.sent_at_closing, version.submitted_by_id) == ("submitted", True, draft.author_id)
    assert version.reference in site.main
    assert db.session.scalars(select(Letter.kind).where(Letter.kind == "receipt")).all() == ["receipt"]


@pytest.mark.feature("N12")
def test_an_incomplete_draft_is_told_what_was_missing_and_nobody_elses_is_sent(app, draft):
    draft.challenge.counts_complete_drafts = True
    silent = a_solution(draft.challenge, make.a_member(make.an_organisation()))
    Site(app, draft.author, language="en").open(address_of(draft)).press("Send it for me at closing")
    services.save_solution(draft, actor=draft.author, team=None)
    db.session.commit()

    with clock.at(draft.challenge.closes_at):
        run_waiting()

    db.session.expire_all()
    letter = db.session.scalars(select(Letter).where(Letter.kind == "draft_not_counted")).one()
    assert (draft.stage, silent.stage) == ("draft", "draft")
    assert letter.to_email == draft.author.email


def test_a_deadline_that_moved_is_waited_for(app, draft):
    draft.challenge.counts_complete_drafts = True
    services.ask_to_be_sent(draft, actor=draft.author, is_asked=True)
    first = draft.challenge.closes_at
    draft.challenge.closes_at = first.replace(year=first.year + 1)
    db.session.commit()

    with clock.at(first):
        run_waiting()
        db.session.refresh(draft)
        assert draft.stage == "draft"
    with clock.at(draft.challenge.closes_at):
        run_waiting()

    db.session.refresh(draft)
    assert draft.stage == "submitted"
    assert db.session.scalars(select(OutboxJob).where(OutboxJob.failed_at.is_not(None))).all() == []


def test_where_it_was_not_announced_it_is_not_offered(app, draft):
    site = Site(app, draft.author, language="en").open(address_of(draft))

    assert "Send it for me at closing" not in site.buttons()
    assert site.send(f"{address_of(draft)}/closing-request", is_asked="yes").status == 409


def test_what_the_rule_counts_stands_under_the_closing_root(app, draft):
    draft.challenge.counts_complete_drafts = True
    services.ask_to_be_sent(draft, actor=draft.author, is_asked=True)
    db.session.commit()

    with clock.at(draft.challenge.closes_at):
        close_challenges()
        db.session.commit()
        run_waiting()

    told = db.session.scalars(select(JournalEntry.event).order_by(JournalEntry.id)).all()
    assert told.index("SolutionSubmitted") < told.index("ChallengeClosed")
    assert told.count("SolutionSubmitted") == 1
