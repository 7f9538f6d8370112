"""Deeds that several browsers do at the same moment happen once."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import before_render_template
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db, is_sqlite
from marketplace.judging.committee.models import Motion, Vote
from marketplace.judging.services.publishing_later import publish_results_as_scheduled, schedule_results
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_round, a_scoring_round, declare
from tests.queries import waiting_for_the_lock
from tests.site import Site

pytestmark = pytest.mark.each_database

BROWSERS = 4


@pytest.fixture(autouse=True)
def patience(app):
    with waiting_for_the_lock(60_000):
        yield


def press_at_once(app, person, path: str, **fields: str) -> list[int]:
    """The statuses that as many browsers of one person get for the same POST, sorted."""
    return sorted(answer.status_code for answer in answers_at_once(app, person, path, **fields))


def answers_at_once(app, person, path: str, browsers: int = BROWSERS, **fields: str) -> list[Response]:
    sites = [Site(app, person, language="en") for _ in range(browsers)]
    token = sites[0].open("/account").csrf_token()
    with sites[0].client.session_transaction() as session:
        secret = session["csrf_token"]
    for site in sites[1:]:
        with site.client.session_transaction() as session:
            session["csrf_token"] = secret
    db.session.commit()
    barrier, answers = Barrier(browsers), []

    def press(site: Site, token: str) -> None:
        barrier.wait()
        answers.append(site.client.post(path, data={"csrf_token": token, **fields}))

    threads = [Thread(target=press, args=(site, token)) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def told(event: str) -> int:
    return db.session.scalar(select(func.count()).where(JournalEntry.event == event))


def test_a_sheet_is_finalised_once(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    sheet = made.score(made.judges[0], made.entries[0], 6, 6, final=False)

    statuses = press_at_once(app, made.judges[0], f"/judging/sheets/{sheet.reference}/finalisation", edition="1")

    assert (statuses, told("SheetFinalised")) == ([303, 409, 409, 409], 1)


@pytest.mark.feature("76")
def test_of_fifty_finalisations_at_once_one_wins_and_the_others_see_both_versions(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    lan = made.judges[0]
    sheet = made.score(lan, made.entries[0], 6, 6, final=False)
    made.score(lan, made.entries[0], 8, 7, final=False)
    path = f"/en/judging/sheets/{sheet.reference}/finalisation"
    seen_before = Site(app, lan, language="en").open("/account").send(path, edition="1")
    assert (seen_before.status, "Seen here: version 1" in seen_before.main) == (409, True)

    answers = answers_at_once(app, lan, path, browsers=50, edition="2")

    assert sorted(each.status_code for each in answers) == [303, *[409] * 49]
    lost = [each.text for each in answers if each.status_code == 409]
    assert all("This sheet is final already" in text and "Seen here: version 2" in text for text in lost)
    assert told("SheetFinalised") == 1


@pytest.mark.parametrize("deed", ["", "/finalisation"])
def test_the_page_of_a_refused_sheet_is_made_while_others_may_write(app, deed):
    if not is_sqlite():
        pytest.skip("only on SQLite")
    made = a_scoring_round(1, judges=1, reviews=1)
    sheet = made.score(made.judges[0], made.entries[0], 6, 6, final=True)
    site = Site(app, made.judges[0], language="en").open("/account")
    written = []

    def write(_app, template, **_context):
        with closing(sqlite3.connect(db.engine.url.database, timeout=0, isolation_level=None)) as other:
            other.execute("begin immediate")
            written.append(template.name)

    with before_render_template.connected_to(write, app):
        site.send(f"/en/judging/sheets/{sheet.reference}{deed}", edition="0", value_1="5")

    assert (site.status, bool(written)) == (409, True)


def test_one_of_several_windows_saves(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    sheet = made.sheets()[0]

    statuses = press_at_once(app, made.judges[0], f"/judging/sheets/{sheet.reference}", edition="0", value_1="5")

    assert (statuses, told("ScoreSaved")) == ([303, 409, 409, 409], 1)


def test_judges_are_assigned_once(app):
    made = a_round(2, judges=2)
    for judge in made.judges:
        declare(made, judge)

    press_at_once(app, made.secretary, f"{made.path}/panel/assignment")

    assert (told("JudgingBegun"), len(made.sheets())) == (1, 4)


def test_results_are_published_once(app):
    made = a_deliberating_round(2, judges=1)
    made.draft()

    statuses = press_at_once(app, made.manager, f"{made.path}/decision/publication")

    assert (statuses, told("ResultsPublished"), told("FeedbackReleased")) == ([303, 409, 409, 409], 1, 2)
    assert {entry.stage for entry in made.entries} == {SolutionStage.AWARDED, SolutionStage.NOT_SELECTED}


def test_results_that_publish_themselves_do_so_once_whichever_worker_comes_first(app):
    """The lease of a worker may end while it is still at work: then another one does the same."""
    made = a_deliberating_round(2, judges=1)
    decision = made.draft()
    later, identity = clock.now() + timedelta(hours=1), decision.id
    schedule_results(decision, actor=made.manager, publish_at=later)
    db.session.commit()
    barrier, faults = Barrier(BROWSERS), []

    def work() -> None:
        with app.app_context(), clock.at(later + timedelta(minutes=1)):
            barrier.wait()
            try:
                publish_results_as_scheduled(identity)
                db.session.commit()
            except Exception as error:  # noqa: BLE001 - the thread tells what stopped it
                faults.append(error)

    threads = [Thread(target=work) for _ in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (faults, told("ResultsPublished"), told("FeedbackReleased")) == ([], 1, 2)
    db.session.expire_all()
    assert {entry.stage for entry in made.entries} == {SolutionStage.AWARDED, SolutionStage.NOT_SELECTED}


def test_a_panel_is_made_once(app):
    agency = make.an_agency()
    challenge = make.a_closed_challenge(agency)
    path = f"/challenges/{challenge.slug}/panel"

    statuses = press_at_once(app, make.a_member(agency), path, max_load="15")

    assert (statuses, told("PanelMade")) == ([303, 409, 409, 409], 1)


def test_votes_and_motions_at_once_are_one_vote_and_as_many_motions(app):
    made = a_deliberating_round(2, judges=3)
    path = f"/challenges/{made.challenge.slug}/committee"

    put = press_at_once(app, made.secretary, f"{path}/motions", text="Trao giải Nhất.", entry="")
    cast = press_at_once(app, made.judges[0], f"{path}/motions/1/vote", choice="for")

    assert (put, cast) == ([303] * BROWSERS, [303] * BROWSERS)
    assert db.session.scalars(select(Motion.number).order_by(Motion.number)).all() == [1, 2, 3, 4]
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 1


def test_a_vote_is_closed_once(app):
    made = a_deliberating_round(2, judges=3)
    path = f"/challenges/{made.challenge.slug}/committee/motions"
    Site(app, made.secretary, language="en").open(path.removesuffix("/motions")).press(
        "Let the panel vote", text="Trao giải Nhất.", entry=""
    )
    for judge in made.judges:
        Site(app, judge, language="en").open(f"{path}/1").press("Vote", choice="for")

    statuses = press_at_once(app, made.secretary, f"{path}/1/closing")

    assert (statuses, told("MotionClosed")) == ([303, 409, 409, 409], 1)
