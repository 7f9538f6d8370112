"""The second person says when results publish themselves: nothing before, everything at once, or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Refused, WrongStage
from marketplace.jobs import OutboxJob, run_waiting
from marketplace.judging.models import Decision
from marketplace.judging.services import publishing_later, results
from marketplace.notifications.models import Letter
from marketplace.organisations.models import Membership
from marketplace.text import HANOI
from tests import make
from tests.judging.judging_make import a_deliberating_round
from tests.site import Site

HOUR = timedelta(hours=1)


@pytest.fixture
def made(app):
    made = a_deliberating_round(2, judges=2)
    made.draft()
    return made


def letters():
    return [each.kind for each in db.session.scalars(select(Letter).order_by(Letter.id)) if "results" in each.kind]


def typed(moment):
    return moment.astimezone(HANOI).strftime("%Y-%m-%dT%H:%M")


def reviewing(app, made):
    return Site(app, made.manager, language="en").open(f"{made.path}/decision")


def scheduled(made, moment=None):
    decision = db.session.scalars(select(Decision)).one()
    at = moment or clock.now() + HOUR
    publishing_later.schedule_results(decision, actor=made.manager, publish_at=at)
    db.session.commit()
    return decision


@pytest.mark.feature("81")
def test_results_publish_themselves_at_the_moment_that_the_second_person_chose(app, made):
    site, before = reviewing(app, made), clock.now()
    site.press("Let them publish themselves", publish_at=typed(before - HOUR))
    wrong = site.status, site.errors
    site.press("Let them publish themselves", publish_at=typed(before + 26 * HOUR))
    told = site.main
    shown = [
        Site(app, who, language="en").open(path).main
        for who in (None, made.entries[0].author, made.judges[0])
        for path in ("/results", made.path)
    ]
    run_waiting()
    early = made.challenge.stage, letters()

    with clock.at(before + 27 * HOUR):
        run_waiting()
        run_waiting()
        db.session.expire_all()

        assert wrong == (422, ["This moment is over."])
        assert "The results publish themselves at" in told
        assert "Đỗ Quản Lý reviewed them and said so." in told
        assert not [text for text in shown if "Giải Nhất" in text or "publish themselves" in text]
        assert early == (Stage.DECIDED, [])
        decision = db.session.scalars(select(Decision)).one()
        assert (made.challenge.stage, decision.published_by_id) == (Stage.RESULTS_PUBLISHED, made.manager.id)
        assert sorted(letters()) == ["results_awarded", "results_not_selected"]
        assert made.entries[0].title_vi in Site(app, language="en").open(f"/results/{made.challenge.slug}").main
        journal = Site(app, make.an_auditor(), language="en").open("/journal").main
        assert "Publication of results was set for a later time" in journal


@pytest.mark.feature("81")
def test_it_is_called_off_by_either_of_the_two_and_the_other_is_told(app, made):
    scheduled(made)
    stranger = Site(app, made.entries[0].author)
    judge = Site(app, made.judges[0])
    refused = [
        site.send(f"{made.path}/decision/{deed}").status
        for site in (stranger, judge)
        for deed in ("schedule", "schedule/removal")
    ]
    secretary = Site(app, made.secretary, language="en").open(f"{made.path}/decision")
    cannot = secretary.send(f"{made.path}/decision/schedule", publish_at=typed(clock.now() + HOUR)).status

    secretary.open(f"{made.path}/decision").press("Take the time back")

    assert (refused, cannot) == ([404, 404, 404, 404], 403)
    assert "The results do not publish themselves any more." in secretary.text
    assert "Take the time back" not in reviewing(app, made).buttons()
    with clock.at(clock.now() + 2 * HOUR):
        run_waiting()
    db.session.expire_all()
    assert made.challenge.stage == Stage.DECIDED
    letter = db.session.scalars(select(Letter).where(Letter.kind == "results_unscheduled")).one()
    assert (letter.to_email, made.secretary.full_name in letter.body) == (made.manager.email, True)
    decision = db.session.scalars(select(Decision)).one()
    with pytest.raises(WrongStage):
        publishing_later.call_off_results(decision, actor=made.manager)
    with pytest.raises(Refused):
        publishing_later.schedule_results(decision, actor=made.secretary, publish_at=clock.now() + HOUR)
    with pytest.raises(WrongStage):
        publishing_later.schedule_results(decision, actor=made.manager, publish_at=clock.now() - HOUR)


def renamed(made):
    made.entries[1].organisation.name_vi = "Tên Khác"


def rescored(made):
    sheet = made.sheets()[0]
    sheet.scores[0].value = 2


def dismissed(made):
    db.session.query(Membership).filter_by(person_id=made.manager.id).update({"ended_at": clock.now()})


@pytest.mark.feature("81", "N14")
@pytest.mark.parametrize("change", [renamed, rescored, dismissed])
def test_where_anything_changed_since_the_review_nothing_is_published_and_both_are_told(app, made, change):
    decision = scheduled(made)
    change(made)
    db.session.commit()

    with clock.at(clock.now() + 2 * HOUR):
        run_waiting()
    db.session.expire_all()

    assert (made.challenge.stage, decision.publish_at, decision.published_at) == (Stage.DECIDED, None, None)
    told = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert sorted(each.to_email for each in told if each.kind == "results_unscheduled") == sorted(
        [made.secretary.email, made.manager.email]
    )
    assert "results_awarded" not in letters()
    jobs = db.session.scalars(select(OutboxJob).where(OutboxJob.kind == "publish_results")).all()
    assert [(job.failed_at, job.done_at is not None) for job in jobs] == [(None, True)]


def test_a_page_that_is_out_of_date_schedules_nothing_and_a_word_now_or_a_return_outweighs_the_moment(app, made):
    site = reviewing(app, made)
    renamed(made)
    db.session.commit()
    site.press("Let them publish themselves", publish_at=typed(clock.now() + HOUR))
    stale = site.status, site.errors
    scheduled(made, clock.now() + HOUR)
    scheduled(made, clock.now() + 5 * HOUR)
    with clock.at(clock.now() + 2 * HOUR):
        run_waiting()
    db.session.expire_all()
    moved = made.challenge.stage

    decision = db.session.scalars(select(Decision)).one()
    results.return_results(decision, actor=made.manager, reasons="Xin xem lại lời tuyên dương.")
    db.session.commit()
    with clock.at(clock.now() + 9 * HOUR):
        run_waiting()
    db.session.expire_all()

    assert stale == (422, ["Something has changed since this page was opened. Look at the results again."])
    assert (moved, made.challenge.stage) == (Stage.DECIDED, Stage.DELIBERATION)
    made.publish()
    scheduled_again = db.session.scalars(select(Decision).where(Decision.published_at.is_not(None))).one()
    publishing_later.publish_results_as_scheduled(scheduled_again.id)
    assert sorted(letters()) == ["results_awarded", "results_not_selected"]
