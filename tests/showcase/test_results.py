"""The public browses who won and why."""

import pytest

from marketplace.db import db
from tests import make
from tests.judging.judging_make import a_deliberating_round
from tests.queries import count_queries
from tests.site import Site


@pytest.mark.feature("92")
def test_everybody_reads_who_won_why_and_how_it_was_judged(app, visitor):
    made = a_deliberating_round(3, judges=2)
    made.publish()
    winner = made.entries[0]

    site = visitor.open("/en/results").click(made.challenge.title_en)

    assert site.page.h1.get_text() == made.challenge.title_en
    assert "First prize" in site.main
    assert winner.title_vi in site.main
    assert winner.organisation.name_vi in site.main
    assert "Giải đúng vấn đề và đã chạy thử." in site.main
    assert "Novelty 40%" in site.main
    assert "Entries received 3 Eligible 3 Judges 2 Score sheets 6" in site.text


@pytest.mark.feature("92")
def test_only_the_summary_of_the_winner_is_public(app, visitor):
    made = a_deliberating_round(2, judges=1)
    made.publish()

    texts = [visitor.open(path).text for path in ("/en/results", f"/en/results/{made.challenge.slug}", made.path)]

    for text in texts:
        assert "Cách làm của" not in text
        assert made.entries[1].title_vi not in text
        assert made.entries[1].organisation.name_vi not in text
    assert f"Tóm tắt của {made.entries[0].title_vi}." in texts[1]


def test_before_publication_there_is_nothing(app, visitor):
    made = a_deliberating_round(2, judges=1)
    made.draft()

    assert visitor.open(f"/en/results/{made.challenge.slug}").status == 404
    assert "No results yet" in visitor.open("/en/results").main
    knowing = [made.secretary, made.judges[0], made.entries[0].author, make.an_operator(), make.an_auditor()]
    pages = [Site(app, person).open(f"/results/{made.challenge.slug}") for person in [*knowing, make.a_person()]]
    assert {page.status for page in pages} == {404}


def test_the_winner_stands_on_the_page_of_the_challenge(app, visitor):
    made = a_deliberating_round(1, judges=1)
    path = f"/en{made.path}"
    assert "Results First prize" not in visitor.open(path).main

    made.publish()

    assert f"First prize: {made.entries[0].title_vi}" in visitor.open(path).main
    visitor.click("See why, and how it was judged")
    assert visitor.address == f"/en/results/{made.challenge.slug}"


def test_the_list_asks_as_much_for_one_result_as_for_three(app, visitor):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            a_deliberating_round(2, judges=1).publish()
        db.session.commit()
        with count_queries() as counted:
            visitor.open("/results")
        counts.append(len(counted))

    assert counts[0] == counts[1]
    assert len(Site(app).open("/results").page.select(".results > li")) == 3
