"""Deeds that several browsers do at the same moment happen once."""

from threading import Barrier, Thread

from sqlalchemy import func, select

from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_round, a_scoring_round, declare
from tests.site import Site

BROWSERS = 4


def press_at_once(app, person, path: str, **fields: str) -> list[int]:
    """The statuses that as many browsers of one person get for the same POST, sorted."""
    sites = [Site(app, person) for _ in range(BROWSERS)]
    tokens = [site.open("/work").csrf_token() for site in sites]
    db.session.commit()
    barrier, statuses = Barrier(BROWSERS), []

    def press(site: Site, token: str) -> None:
        barrier.wait()
        statuses.append(site.client.post(path, data={"csrf_token": token, **fields}).status_code)

    threads = [Thread(target=press, args=pair) for pair in zip(sites, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def told(event: str) -> int:
    return db.session.scalar(select(func.count()).where(JournalEntry.event == event))


def test_a_sheet_is_finalised_once(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    sheet = made.score(made.judges[0], made.entries[0], 6, 6, final=False)

    statuses = press_at_once(app, made.judges[0], f"/judging/sheets/{sheet.reference}/finalisation", edition="1")

    assert (statuses, told("SheetFinalised")) == ([303, 409, 409, 409], 1)


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


def test_a_panel_is_made_once(app):
    agency = make.an_agency()
    challenge = make.a_closed_challenge(agency)
    path = f"/challenges/{challenge.slug}/panel"

    statuses = press_at_once(app, make.a_member(agency), path, reviews_per_entry="3", max_load="15")

    assert (statuses, told("PanelMade")) == ([303, 409, 409, 409], 1)
