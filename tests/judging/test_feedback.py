"""What entrants read of their own entry after publication."""

import pytest

from marketplace.db import db
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import feedback_for
from marketplace.judging.services.results import publish_results
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_scoring_round
from tests.site import Site


@pytest.mark.feature("82")
def test_an_entrant_reads_means_comments_total_and_band_after_publication(app):
    made = a_scoring_round(3, judges=2)
    lan, minh = made.judges
    for entry, points in zip(made.entries, (8, 7, 6), strict=True):
        made.score(lan, entry, points, points, comment=f"Lan viết về {entry.reference}.")
        made.score(minh, entry, points - 1, points, comment=f"Minh viết về {entry.reference}.")
    made.deliberate()
    made.publish()
    second = made.entries[1]

    site = Site(app, second.author, language="en").open(f"/solutions/{second.reference}")
    assert "Not selected" in site.main
    site.click("Read what the judges say")

    assert "68.00 of 100, the mean of 2 judges" in site.main
    assert "Your entry is in the middle third of the ranked entries." in site.main
    assert "Novelty Mean 6.50 of 10; weight 40%" in site.main
    assert "Applicability Mean 7.00 of 10; weight 60%" in site.main
    assert site.main.count(f"Lan viết về {second.reference}.") == 2
    assert made.entries[0].reference not in site.text
    assert not [judge.full_name for judge in made.judges if judge.full_name in site.text]


def test_notes_for_the_panel_are_no_feedback(app):
    made = a_scoring_round(1, judges=2)
    for judge in made.judges:
        made.score(judge, made.entries[0], 6, 6, comment="Được.").note = "Chỉ cho hội đồng."
    made.deliberate()
    made.publish()

    site = Site(app, made.entries[0].author, language="en").open(f"/solutions/{made.entries[0].reference}/feedback")

    assert "Được." in site.main
    assert "Chỉ cho hội đồng." not in site.text


def test_feedback_does_not_exist_before_publication_or_for_others(app):
    made = a_deliberating_round(2, judges=2)
    first, second = made.entries
    path = f"/solutions/{first.reference}/feedback"
    decision = made.draft()
    assert Site(app, first.author).open(path).status == 404

    publish_results(decision, actor=made.manager)
    db.session.commit()

    people = (first.author, second.author, made.secretary, made.judges[0], make.an_operator())
    assert [Site(app, person).open(path).status for person in people] == [200, 404, 404, 404, 404]
    assert Site(app).open(path).address == "/sign-in"


def test_comments_stand_in_one_order_that_differs_between_criteria(app):
    made = a_scoring_round(1, judges=6)
    for judge in made.judges:
        made.score(judge, made.entries[0], 6, 6, comment=judge.full_name)
    made.deliberate()
    made.publish()
    panel = panel_of(made.challenge)

    first, again = (feedback_for(made.entries[0], panel).criteria for _ in range(2))

    assert [each.comments for each in first] == [each.comments for each in again]
    assert {frozenset(each.comments) for each in first} == {frozenset(judge.full_name for judge in made.judges)}
