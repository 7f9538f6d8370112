"""What entrants read of their own entry after publication."""

import pytest

from marketplace.db import db
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import feedback_for
from marketplace.judging.services.results import publish_results
from marketplace.solutions.stages import Stage as SolutionStage
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


@pytest.mark.feature("N23")
def test_who_did_not_win_is_shown_other_open_problems_with_what_they_share(app):
    near = make.a_challenge(title_vi="Đo mực nước cống ngầm", title_en=None, summary_vi="Cần đo mực nước trong cống.")
    make.a_challenge(title_vi="Dạy nghề cho người cao tuổi", title_en=None, summary_vi="Cần lớp học tại phường.")
    over = make.a_closed_challenge(title_vi="Đo mực nước hồ", title_en=None, summary_vi="Cần đo mực nước các hồ.")
    made = a_scoring_round(2, judges=2)
    for entry in made.entries:
        version = entry.last_version
        version.content = {**version.content, "approach": "Cảm biến đo mực nước trong cống ngầm, gửi số liệu mỗi phút."}
    made.score_everything(7, 7)
    made.deliberate()
    made.publish()
    winner, other = sorted(made.entries, key=lambda entry: entry.stage != SolutionStage.AWARDED)

    site = Site(app, other.author, language="en").open(f"/solutions/{other.reference}/feedback")
    awarded = Site(app, winner.author, language="en").open(f"/solutions/{winner.reference}/feedback")

    shown = site.page.find(id="other-problems").parent
    assert [link["href"] for link in shown.find_all("a")] == [f"/en/challenges/{near.slug}"]
    assert "mực nước" in shown.get_text()
    assert over.slug not in site.html
    assert awarded.page.find(id="other-problems") is None
