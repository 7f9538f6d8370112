"""The promise to decide about use, and whether it was kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.models import PledgeReport
from marketplace.challenges.pledge import PledgeState, pledge_state
from marketplace.challenges.services import settle_pledge
from marketplace.challenges.stages import PledgeOutcome, Stage
from marketplace.db import db
from marketplace.errors import WrongStage
from marketplace.organisations.stages import Role
from marketplace.text import HANOI
from tests import make
from tests.site import Site


def _today() -> date:
    return clock.now().astimezone(HANOI).date()


@pytest.fixture
def agency(app):
    return make.an_agency()


@pytest.mark.feature("20", "N9")
def test_everyone_reads_what_is_promised_and_later_that_nothing_was_said(app, agency):
    challenge = make.a_challenge(agency, pilot_budget_vnd=900_000_000, pilot_site_vi="Phường Bạch Mai")

    promised = Site(app, language="en").open(f"/challenges/{challenge.slug}").page.find(id="pledge").get_text(" ")
    assert "VND 900,000,000" in promised
    assert "Phường Bạch Mai" in promised
    assert "This page will say whether it did." in promised

    challenge.decision_on = _today() - timedelta(days=1)
    late = Site(app, language="en").open(f"/challenges/{challenge.slug}")
    assert "Late: nothing was said yet" in late.main


def test_where_nothing_was_promised_there_is_nothing_to_settle(app, agency):
    manager, silent = make.a_member(agency, Role.MANAGER), make.a_closed_challenge(agency, decision_on=None)

    for challenge in (silent, make.a_challenge(agency), make.a_draft_challenge(agency)):
        assert Site(app, manager).open(f"/challenges/{challenge.slug}/pledge").status == 404
    with pytest.raises(WrongStage):
        settle_pledge(silent, actor=manager, outcome=PledgeOutcome.DROPPED, decided_on=None, reason="Không làm nữa.")
    assert db.session.scalars(select(PledgeReport)).all() == []


@pytest.mark.feature("20", "N9")
@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"outcome": "decided", "days": -1}, "Kept"),
        ({"outcome": "decided", "days": 0}, "Decided, but late"),
        ({"outcome": "dropped", "days": None}, "Dropped"),
    ],
)
def test_the_agency_says_what_was_decided_and_the_page_says_kept_late_or_dropped(app, agency, typed, word):
    challenge = make.a_closed_challenge(agency, decision_on=_today() - timedelta(days=1))
    manager = make.a_member(agency, Role.MANAGER)
    day = "" if typed["days"] is None else (_today() + timedelta(days=typed["days"])).isoformat()

    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}").click("Say what was decided")
    site.press("Make it public", outcome=typed["outcome"], decided_on=day, reason="Đưa vào kế hoạch quý II.")

    shown = Site(app, language="en").open(f"/challenges/{challenge.slug}").page.find(id="pledge")
    assert shown.find(class_="chip").get_text(strip=True) == word
    assert "Đưa vào kế hoạch quý II." in shown.get_text()
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "PledgeSettled")).one()
    assert line.facts["outcome"] == typed["outcome"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"outcome": "decided", "decided_on": "", "reason": "Có."}, "Say on which day it was decided."),
        ({"outcome": "decided", "decided_on": "2031-01-01", "reason": "Có."}, "This day has not come yet."),
        ({"outcome": "dropped", "reason": ""}, "Say in a few sentences what was decided, or why it was dropped."),
        ({"reason": "Có."}, "Choose one."),
    ],
)
def test_a_refused_statement_keeps_what_was_typed(app, agency, typed, message):
    challenge = make.a_closed_challenge(agency)
    site = Site(app, make.a_member(agency, Role.MANAGER), language="en").open(f"/challenges/{challenge.slug}/pledge")

    site.press("Make it public", **typed)

    assert (site.status, site.errors) == (422, [message])
    assert site.value("reason") == typed["reason"]


def test_only_managers_of_the_agency_say_it_and_not_before_closing(app, agency):
    closed, still_open = make.a_closed_challenge(agency), make.a_challenge(agency)
    told = {"outcome": "dropped", "reason": "Hết kinh phí."}

    assert Site(app, make.a_member(agency)).send(f"/challenges/{closed.slug}/pledge", **told).status == 403
    assert Site(app, make.an_operator()).send(f"/challenges/{closed.slug}/pledge", **told).status == 403
    manager = Site(app, make.a_member(agency, Role.MANAGER))
    assert manager.send(f"/challenges/{still_open.slug}/pledge", **told).status == 409
    cancelled = make.a_closed_challenge(agency)
    cancelled.stage = Stage.CANCELLED
    assert manager.send(f"/challenges/{cancelled.slug}/pledge", **told).status == 409


days = st.dates(date(2026, 1, 1), date(2027, 1, 1))
reports = st.builds(
    lambda day: PledgeReport(outcome=PledgeOutcome.DECIDED if day else PledgeOutcome.DROPPED, decided_on=day),
    st.none() | days,
)


@given(days, st.lists(reports, max_size=3), days)
def test_the_last_statement_holds_and_silence_is_late_only_after_the_day(promised, said, today):
    state = pledge_state(promised, said, today)

    if not said:
        assert state == (PledgeState.LATE if today > promised else PledgeState.PROMISED)
    else:
        assert state == pledge_state(promised, said[-1:], today)
        assert (state == PledgeState.DROPPED) == (said[-1].outcome == PledgeOutcome.DROPPED)
