"""Rounds in which judges compare: two at a time or by an order; the ranking follows from all that was said."""

import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, NotReady, Refused, WrongStage
from marketplace.judging.bundles import recompute
from marketplace.judging.pairing import services
from marketplace.judging.pairing.choosing import is_tied, needed, next_pair
from marketplace.judging.pairing.models import PairJudgement
from marketplace.judging.pairing.queries import table_of
from marketplace.judging.pairing.stages import Outcome
from marketplace.judging.queries.results import rows_of
from marketplace.judging.ranking.pairwise import rank_by_comparisons
from marketplace.judging.ranking.preferences import prefer
from marketplace.judging.services import conflicts, scoring
from marketplace.judging.stages import RoundKind, SheetStage
from tests.judging.judging_make import Round, a_scoring_round
from tests.judging.test_confidentiality import looked_at
from tests.site import Site

PAIRS = {"rounds": [{"blind": "open", "best": None, "kind": "pairs"}]}
ORDER = {"rounds": [{"blind": "open", "best": None, "kind": "order"}]}


def compare_all(made: Round, judge, *, better_first: bool = True) -> None:
    """The judge says of every pair that the entry listed first is better, and is done."""
    seat = made.seat(judge)
    order = [entry.id for entry in made.entries]
    for one, other in combinations(order if better_first else order[::-1], 2):
        sheets = table_of(seat, RoundKind.PAIRS).of_entry
        services.compare_entries((sheets[one], sheets[other]), actor=judge, outcome=Outcome.ONE)
    services.finish_comparing(seat, actor=judge)
    db.session.commit()


@pytest.mark.feature("71")
def test_a_judge_says_of_two_entries_which_is_better_until_enough_was_said(app):
    made = a_scoring_round(3, judges=1, reviews=1, rules=PAIRS)
    judge = made.judges[0]
    site = Site(app, judge, language="en").open("/judging").click("Compare the next two entries")
    assert "0 of 3 comparisons, 3 entries" in site.main
    site.press("Say so and go on")
    assert site.errors == ["Choose one."]
    site.press("Say so and go on", outcome="equal")
    assert site.errors == ["Say in a sentence why both are equally good."]

    site.press("Say so and go on", outcome="equal", reason="Cùng một cảm biến.")

    assert "1 of 3 comparisons" in site.main
    assert "are equally good. Cùng một cảm biến." in site.main
    assert site.send(f"/judging/{made.panel.reference}/comparisons/completion").status == 422
    assert "You are not done yet" in site.main
    for _ in range(2):
        site.open(f"/judging/{made.panel.reference}/pairs").press("Say so and go on", outcome="one")
    site.click("Change")
    site.press("Change what I said", outcome="other" if site.value("outcome") == "one" else "one")
    site.press("I am done with my list")
    assert "You are done with your list." in site.text
    assert {sheet.stage for sheet in made.sheets()} == {SheetStage.FINAL}
    changed = db.session.query(PairJudgement).filter_by(edition=2).one()
    assert len(changed.versions) == 2
    assert "What I said of my entries" in site.main
    assert site.open(f"/judging/{made.panel.reference}/order").status == 404
    lines = db.session.query(JournalEntry).filter_by(event="PairCompared").all()
    assert len(lines) == 4
    assert not {"outcome", "reason"} & {name for line in lines for name in line.changes}


@pytest.mark.feature("71")
def test_the_ranking_of_a_round_of_comparisons_is_shown_with_intervals_and_recomputed_from_the_bundle(app):
    made = a_scoring_round(3, judges=2, reviews=2, rules=PAIRS)
    compare_all(made, made.judges[0])
    compare_all(made, made.judges[1])
    made.deliberate()

    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")

    rows = [row.get_text(" ", strip=True) for row in site.page.select("tbody tr")]
    assert [row.split()[0] for row in rows] == ["1", "2", "3"]
    assert "how often of 100 an entry would be preferred" in site.main
    certain = site.open(f"{made.path}/ranking?best=1")
    assert "Bradley and Terry" in certain.main
    assert len(certain.page.select("svg.interval")) == 3
    made.publish()
    visitor = Site(app)
    bundle = json.loads(visitor.open(f"/results/{made.challenge.slug}/bundle.json").body)
    assert recompute(bundle).encode() == visitor.open(f"/results/{made.challenge.slug}/ranking.csv").body
    own = made.entries[2]
    read = Site(app, own.author, language="en").open(f"/solutions/{own.reference}/feedback").main
    assert "2 judges compared your entry with others" in read
    assert "lower third" in read


@pytest.mark.feature("71")
def test_a_judge_puts_the_list_in_order(app):
    made = a_scoring_round(3, judges=1, reviews=1, rules=ORDER)
    site = Site(app, made.judges[0], language="en").open("/judging").click("Put my entries in order")
    site.press("Save the order", place_1="1")
    assert site.errors == ["Give every entry a place."] * 2

    site.press("Save the order", place_1="2", place_2="1", place_3="2")

    assert [site.value(f"place_{number}") for number in (1, 2, 3)] == ["2", "1", "2"]
    site.press("I am done with my list")
    made.deliberate()
    table = table_of(made.seat(made.judges[0]), RoundKind.ORDER)
    places = {row.entry.solution.id: row.ranked.place for row in rows_of(made.panel, [s.entry for s in table.sheets])}
    assert [places[sheet.solution_id] for sheet in table.sheets] == [2, 1, 2]


def test_wrong_people_wrong_stages_and_two_windows(app):
    made = a_scoring_round(3, judges=2, reviews=1, rules=PAIRS, max_load=2)
    judge = next(each for each in made.judges if len(table_of(made.seat(each), RoundKind.PAIRS).sheets) > 1)
    other = next(each for each in made.judges if each is not judge)
    left, right = table_of(made.seat(judge), RoundKind.PAIRS).next_pair()
    path = f"/judging/{made.panel.reference}/pairs"
    typed = {"left": left.reference, "right": right.reference, "outcome": "one", "edition": "0"}
    with pytest.raises(Refused):
        services.compare_entries((left, right), actor=other, outcome=Outcome.ONE)
    assert Site(app, other).send(path, **typed).status == 404
    assert Site(app, made.secretary).open(path).status == 404
    with pytest.raises(NotReady):
        services.compare_entries((left, right), actor=judge, outcome=Outcome.EQUAL)
    db.session.rollback()
    with pytest.raises(NotReady):
        services.finish_comparing(made.seat(judge), actor=judge)
    with pytest.raises(WrongStage):
        scoring.save_scores(left, actor=judge, edition=0, marks={})
    site = Site(app, judge, language="en")

    assert site.send(path, **typed).status == 200
    assert site.send(path, **{**typed, "outcome": "other"}).status == 409

    assert "This was not kept" in site.main
    with pytest.raises(Conflict):
        services.compare_entries((left, right), actor=judge, outcome=Outcome.ONE)
    db.session.rollback()
    conflicts.recuse_judge(right, actor=judge, reason="Người nhà.")
    db.session.commit()
    assert right.solution.title_vi not in site.open(path).main
    with pytest.raises(NotFound):
        services.compare_entries((left, right), actor=judge, outcome=Outcome.ONE)


def test_what_others_say_changes_no_byte_of_a_judges_pages_and_conflicts_count_for_nothing(app):
    made = a_scoring_round(3, judges=2, reviews=2, rules=PAIRS)
    judge, paths = made.judges[1], ["/judging", f"/judging/{made.panel.reference}/pairs", made.path]
    compare_all(made, made.judges[0])
    one = looked_at(app, [judge, made.secretary, made.entries[0].author], paths)

    for said in db.session.query(PairJudgement):
        said.outcome, said.reason = Outcome.OTHER, "Bí mật."
    db.session.commit()

    assert one.changes() == []
    entries = [sheet.entry for sheet in table_of(made.seat(made.judges[0]), RoundKind.PAIRS).sheets]
    assert {row.ranked.readings for row in rows_of(made.panel, entries)} == {1}
    conflicts.end_tied_sheets(made.panel.seats)
    left = made.sheet(made.judges[0], made.entries[0])
    left.ended_at, left.ended_because = left.assigned_at, "member"
    left.move("end")
    told = {row.entry.solution.id: row.ranked.readings for row in rows_of(made.panel, entries)}
    assert told == {made.entries[0].id: 0, made.entries[1].id: 1, made.entries[2].id: 1}


@given(st.permutations(range(7)), st.integers(2, 7))
@settings(max_examples=30)
def test_pairs_are_chosen_so_that_all_are_tied_soon_and_each_is_met_as_often(order, count):
    entries, made = list(order)[:count], {}
    while len(made) < needed(count):
        pair = next_pair(entries, made)
        made[pair] = [pair]
        if len(made) == count - 1:
            assert is_tied(entries, made)

    met = [sum(entry in pair for pair in made) for entry in entries]
    assert max(met) - min(met) <= 2
    assert next_pair(entries, made) is None or needed(count) < count * (count - 1) // 2


def test_places_follow_what_was_said_and_intervals_narrow_with_more_of_it():
    said = [(1, 2), (2, 3), (1, 3)]

    ranked = rank_by_comparisons([3, 1, 2, 9], {7: said, 8: said}, quorum=2)
    few, many = (prefer(said * times, cut=1) for times in (2, 40))

    assert [(each.entry_id, each.place) for each in ranked] == [(1, 1), (2, 2), (3, 3), (9, None)]
    assert ranked == rank_by_comparisons([9, 2, 1, 3], {8: said[::-1], 7: said}, quorum=2)
    assert [each.entry for each in few.parts[0].entries] == [1, 2, 3]
    assert [each.high - each.low for each in few.parts[0].entries] > [0, 0, 0]
    assert [(each.low, each.high) for each in many.parts[0].entries] == [(1, 1), (2, 2), (3, 3)]
    assert len(prefer([(1, 2), (3, 4)], cut=1).parts) == 2
