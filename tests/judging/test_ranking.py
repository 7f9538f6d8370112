"""The official mean and the places."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.judging.ranking import Ranked, rank, shown, weighted_total

WEIGHTS = {1: 5000, 2: 3000, 3: 2000}
TOTALS = st.integers(0, 30).map(lambda points: Decimal(points) * 100 / 30)
ROWS = st.lists(st.one_of(st.none(), TOTALS), max_size=5)
TABLES = st.dictionaries(st.integers(1, 9), ROWS, max_size=6)


def totals(*numbers):
    return [Decimal(number) for number in numbers]


def places(results):
    return {result.entry_id: result.place for result in results}


def test_the_total_weighs_each_criterion():
    assert weighted_total({1: 8, 2: 5, 3: 10}, WEIGHTS, 10) == Decimal(75)


@pytest.mark.parametrize(("score", "total"), [(0, 0), (10, 100)])
def test_the_scale_runs_from_nought_to_a_hundred(score, total):
    assert weighted_total(dict.fromkeys(WEIGHTS, score), WEIGHTS, 10) == total


@pytest.mark.parametrize(
    ("scores", "weights", "maximum"),
    [
        ({1: 8, 2: 5}, WEIGHTS, 10),
        ({1: 8, 2: 5, 3: 10, 4: 1}, WEIGHTS, 10),
        ({1: 8, 2: 5, 3: 11}, WEIGHTS, 10),
        ({1: 8, 2: 5, 3: -1}, WEIGHTS, 10),
        ({1: 0, 2: 0, 3: 0}, WEIGHTS, 0),
        ({1: 8, 2: 5}, {1: 5000, 2: 4999}, 10),
        ({1: 8, 2: 5}, {1: 10500, 2: -500}, 10),
        ({}, {}, 10),
    ],
)
def test_a_score_sheet_that_does_not_fit_is_refused(scores, weights, maximum):
    with pytest.raises(ValueError):
        weighted_total(scores, weights, maximum)


@given(st.lists(st.integers(0, 7), min_size=3, max_size=3), st.integers(0, 2))
def test_a_better_score_never_lowers_the_total(scores, criterion):
    before = dict(enumerate(scores, 1))
    after = {**before, criterion + 1: min(7, before[criterion + 1] + 1)}

    assert weighted_total(after, WEIGHTS, 7) >= weighted_total(before, WEIGHTS, 7)


def test_equal_entries_share_a_place_and_the_next_is_skipped():
    results = rank({7: totals(80), 3: totals(90), 5: totals(80), 1: totals(70)})

    assert [(result.place, result.entry_id) for result in results] == [(1, 3), (2, 5), (2, 7), (4, 1)]


def test_an_absent_judge_does_not_count_as_nought():
    assert rank({1: [Decimal(90), None], 2: totals(80, 80)}) == [
        Ranked(1, Decimal(90), 1, 1, Decimal(0)),
        Ranked(2, Decimal(80), 2, 2, Decimal(0)),
    ]


def test_below_the_quorum_there_is_a_mean_but_no_place():
    results = rank({1: totals(99), 2: totals(50, 70), 3: [None]}, quorum=2)

    assert results == [
        Ranked(2, Decimal(60), 1, 2, Decimal(20)),
        Ranked(1, Decimal(99), None, 1, Decimal(0)),
        Ranked(3, None, None, 0, None),
    ]


def test_thirds_are_equal_however_they_came_about():
    a_third = weighted_total({1: 1}, {1: 10_000}, 3)
    two_thirds = weighted_total({1: 2}, {1: 10_000}, 3)

    results = rank({1: [a_third, two_thirds], 2: totals(50), 3: [a_third] * 3 + [two_thirds] * 3, 4: [two_thirds]})

    assert places(results) == {4: 1, 1: 2, 2: 2, 3: 2}


def test_a_difference_that_display_hides_still_decides():
    results = rank({1: totals("80.001", 80, 80), 2: totals(80, 80, 80)})

    assert places(results) == {1: 1, 2: 2}
    assert [shown(result.mean) for result in results] == totals("80.00", "80.00")


def test_half_a_hundredth_is_shown_upwards():
    assert shown(Decimal("8.125")) == Decimal("8.13")


@given(TABLES, st.randoms())
def test_the_order_of_judges_and_entries_changes_nothing(table, order):
    shuffled = {entry: order.sample(table[entry], len(table[entry])) for entry in order.sample([*table], len(table))}

    assert rank(shuffled) == rank(table)


@given(TABLES, st.integers(0, 3))
def test_places_count_the_entries_that_are_better(table, quorum):
    results = rank(table, quorum=quorum)
    means = {
        entry: sum(Fraction(round(total * 3), 300) for total in row if total is not None)
        / sum(total is not None for total in row)
        for entry, row in table.items()
        if sum(total is not None for total in row) >= max(quorum, 1)
    }

    by_hand = {entry: 1 + sum(other > mean for other in means.values()) for entry, mean in means.items()}

    assert {entry: place for entry, place in places(results).items() if place} == by_hand
    assert len(results) == len(table)


@given(TABLES.filter(lambda table: any(row and row[0] is not None for row in table.values())))
def test_a_better_reading_never_costs_a_place(table):
    entry = next(entry for entry, row in table.items() if row and row[0] is not None)
    better = {**table, entry: [table[entry][0] + 5, *table[entry][1:]]}

    assert places(rank(better))[entry] <= places(rank(table))[entry]


@given(TABLES)
def test_a_judge_who_agrees_with_everybody_changes_no_place(table):
    means = {result.entry_id: result.mean for result in rank(table)}
    agreed = {entry: [*row, means[entry]] for entry, row in table.items()}

    assert places(rank(agreed)) == places(rank(table))
