"""One's own solutions in a list, and what waits on the page of one's work."""

import pytest

from marketplace import clock
from marketplace.db import db
from marketplace.solutions import services
from marketplace.solutions.next_steps import next_step
from tests import make
from tests.queries import count_queries
from tests.site import Site
from tests.solutions.entries import a_received_solution, a_solution, an_empty_solution


def rows(site) -> list[list[str]]:
    found = site.page.find(id="main").find("tbody").find_all("tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in found]


def test_the_list_shows_stage_and_next_step_of_each_the_next_to_close_first(app):
    minh = make.a_member(make.an_organisation())
    soon, late = make.a_challenge(), make.a_challenge()
    late.closes_at += clock.timedelta(days=5)
    sent, begun = a_received_solution(late, minh), an_empty_solution(soon, minh)

    found = rows(Site(app, minh, language="en").open("/solutions"))

    assert [(row[0].split(" ·")[0], row[1], row[3]) for row in found] == [
        (f"{begun.title_vi} {soon.title_en}", "Draft", "Complete it, then send it"),
        (f"{sent.title_vi} {late.title_en}", "Submitted", "Received. You can change it until closing"),
    ]


@pytest.mark.parametrize("address", ["/solutions", "/work"])
def test_a_list_asks_the_database_the_same_for_one_and_for_three(app, address):
    minh = make.a_member(make.an_organisation())
    site = Site(app, minh, language="en")
    a_received_solution(make.a_challenge(), minh)

    with count_queries() as for_one:
        site.open(address)
    a_solution(make.a_challenge(), minh)
    a_received_solution(make.a_challenge(), minh)
    with count_queries() as for_three:
        site.open(address)

    assert len(for_three) == len(for_one)


def test_without_solutions_the_list_leads_to_open_challenges(app):
    site = Site(app, make.a_member(make.an_organisation()), language="en").open("/solutions")

    assert "No solution yet" in site.main
    assert "Open challenges" in site.links()


def test_the_agency_finds_closed_challenges_with_solutions_to_check_on_its_page(app):
    challenge = make.a_closed_challenge()
    first = a_received_solution(challenge)
    a_received_solution(challenge)
    official = make.a_member(challenge.agency)
    site = Site(app, official, language="en")

    before = site.open("/work").main
    services.admit_solution(first, actor=official)
    db.session.commit()
    after = site.open("/work").main

    assert "Street-level flood warning 2 solutions wait" in before
    assert "Street-level flood warning 1 solution waits" in after


def test_each_state_has_its_next_step(app):
    minh = make.a_member(make.an_organisation())
    empty = an_empty_solution(make.a_challenge(), minh)
    complete = a_solution(make.a_challenge(), minh)
    sent = a_received_solution(make.a_challenge(), minh)
    changed = a_received_solution(make.a_challenge(), minh)
    changed.team = "khác"
    now, later = clock.now(), empty.challenge.closes_at + clock.timedelta(days=1)

    steps = [(next_step(each, now), next_step(each, later)) for each in (empty, complete, sent, changed)]

    assert steps == [
        ("complete", "not_sent"),
        ("send", "not_sent"),
        ("received", "wait"),
        ("send_again", "wait"),
    ]
