"""Until, but not at, the moment of closing, by the clock of the database."""

import threading
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db, token
from marketplace.errors import WrongStage
from marketplace.solutions import services
from marketplace.solutions.models import Solution, SolutionVersion
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution, received

pytestmark = pytest.mark.each_database

MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def solution(app):
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation()))


@pytest.mark.feature("T-086")
def test_a_challenge_is_open_one_millisecond_before_closing_and_not_at_it(app):
    challenge = make.a_challenge()
    closing = challenge.closes_at

    assert [challenge.is_open(closing + shift * MILLISECOND) for shift in (-1, 0, 1)] == [True, False, False]
    assert [challenge.is_closed(closing + shift * MILLISECOND) for shift in (-1, 0, 1)] == [False, True, True]


@pytest.mark.feature("T-086")
def test_around_closing_the_clock_inside_the_deed_alone_decides(app, solution):
    closing, minh = solution.challenge.closes_at, solution.author
    verdicts = []

    for shift in [-60_000, -1_000, -300, *range(-40, 6, 3), -1, 0, 1]:
        with clock.at(closing + shift * MILLISECOND):
            before = clock.now()
            try:
                version = services.submit_solution(solution, actor=minh, idempotency_key=token())
                accepted, received_at = True, version.received_at
            except WrongStage:
                accepted, received_at = False, None
            after = clock.now()
        verdicts.append((before, accepted, received_at, after))
        db.session.rollback()

    # refused although it was over before the end, or taken although it began after it: neither may ever happen
    assert [each for each in verdicts if each[3] < closing and not each[1]] == []
    assert [each for each in verdicts if each[0] >= closing and each[1]] == []
    assert [each for each in verdicts if each[1] and each[2] >= closing] == []
    assert {each[1] for each in verdicts} == {True, False}


@pytest.mark.feature("30", "T-086")
@pytest.mark.parametrize("shift", [-1500, -1, 0, 1])
def test_twenty_clients_at_once_around_closing_are_each_decided_by_the_clock_inside_their_deed(app, shift):
    challenge = make.a_challenge()
    entries = [a_solution(challenge, make.a_member(make.an_organisation())).id for _number in range(20)]
    closing, verdicts, barrier = challenge.closes_at, [], threading.Barrier(20)

    def send(entry: int) -> None:
        with app.app_context(), clock.at(closing + shift * MILLISECOND):
            barrier.wait()
            verdicts.append(_verdict(entry))
            db.session.remove()

    db.session.commit()  # the test itself must not hold the write lock
    threads = [threading.Thread(target=copy_context().run, args=[send, entry]) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(verdicts) == 20
    assert [each for each in verdicts if each.after < closing and each.received_at is None] == []
    assert [each for each in verdicts if each.before >= closing and each.received_at is not None] == []
    assert [each for each in verdicts if each.received_at is not None and each.received_at >= closing] == []
    stored = db.session.scalars(select(SolutionVersion.received_at)).all()
    assert sorted(stored) == sorted(each.received_at for each in verdicts if each.received_at is not None)


class Verdict(NamedTuple):
    """What one client was told, and the moments around it; no moment of receipt means refused."""

    before: datetime
    received_at: datetime | None
    after: datetime


def _verdict(entry: int) -> Verdict:
    before, received_at = clock.now(), None
    try:
        solution = db.session.get_one(Solution, entry)
        version = services.submit_solution(solution, actor=solution.author, idempotency_key=token())
        received_at = version.received_at
        db.session.commit()
    except WrongStage:
        db.session.rollback()
    return Verdict(before, received_at, clock.now())


@pytest.mark.feature("30", "T-086")
def test_a_press_at_the_moment_of_closing_is_told_so_and_the_draft_is_kept(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/check")

    with clock.at(solution.challenge.closes_at):
        site.press("Submit")

    assert site.status == 409
    assert "The time for solutions is over" in site.main
    assert "This version was not received." in site.main
    assert "Your draft is kept" in site.main
    assert db.session.scalars(select(SolutionVersion)).all() == []
    with clock.at(solution.challenge.closes_at):
        site.click("Go to your solution")
        assert "This draft was not sent before closing" in site.main
        assert "Ghép dự báo mưa với mực nước đo tại cống." in site.main


@pytest.mark.feature("30")
def test_a_press_two_seconds_before_closing_is_received(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/check")

    with clock.at(solution.challenge.closes_at - timedelta(seconds=2)):
        site.press("Submit")

    assert "Your solution was received" in site.main


@pytest.mark.feature("T-071")
def test_the_press_that_was_received_in_time_gets_its_receipt_also_after_closing(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/check")
    key = site.value("idempotency_key")
    receipt = site.press("Submit").address

    with clock.at(solution.challenge.closes_at):
        again = site.send(f"/solutions/{solution.reference}/versions", idempotency_key=key)

    assert (again.status, again.address) == (200, receipt)


@pytest.mark.feature("T-088")
def test_what_the_browser_says_about_the_time_is_not_asked(app, solution):
    with clock.at(solution.challenge.closes_at):
        site = Site(app, solution.author, language="en").open("/solutions")
        site.send(f"/solutions/{solution.reference}/versions", idempotency_key=token(), now="2020-01-01T00:00:00Z")

    assert site.status == 409


def test_unsent_changes_stay_unsent_after_closing_and_the_page_shows_what_counts(app, solution):
    received(solution)
    services.save_solution(solution, actor=solution.author, team="quá muộn")
    db.session.commit()

    with clock.at(solution.challenge.closes_at):
        site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")

    assert "Chín kỹ sư thủy lực và lập trình." in site.main
    assert "quá muộn" not in site.main


def test_a_challenge_that_was_cancelled_takes_nothing_and_opens_nothing(app, solution):
    received(solution)
    challenge, official = solution.challenge, make.a_member(solution.challenge.agency)
    challenge.move("cancel")
    db.session.commit()

    with clock.at(challenge.closes_at):
        seen = Site(app, official, language="en").open(f"/solutions/{solution.reference}").status
        listed = Site(app, official, language="en").open(f"/challenges/{challenge.slug}/solutions").main
    with pytest.raises(WrongStage):
        services.submit_solution(solution, actor=solution.author, idempotency_key=token())

    assert challenge.stage == ChallengeStage.CANCELLED
    assert (seen, "No solution was received." in listed) == (404, True)
