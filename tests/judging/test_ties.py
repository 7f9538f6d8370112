"""Ties follow the declared ladder, whatever the order in which entries are told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.judging.stages import Tiebreak
from marketplace.judging.ties import Facts, Settled, settle

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


def facts(*criteria, totals=(50, 70), minutes=0, lot=""):
    return Facts(
        criteria=tuple(Fraction(each, 10) for each in criteria),
        totals=tuple(map(Decimal, totals)),
        received_at=NOON + timedelta(minutes=minutes),
        lot=lot,
    )


some_facts = st.builds(
    facts,
    st.integers(0, 2),
    st.integers(0, 2),
    totals=st.lists(st.integers(0, 2), min_size=1, max_size=3).map(tuple),
    minutes=st.integers(0, 2),
    lot=st.sampled_from("ab"),
)
cases = st.lists(st.tuples(st.integers(1, 3), some_facts), max_size=8)
ladders = st.lists(st.sampled_from([step.value for step in Tiebreak]), unique=True)


@given(cases, ladders, st.randoms())
def test_places_do_not_depend_on_the_order_of_entries(made, ladder, chance):
    entries = list(enumerate(made))
    shuffled = chance.sample(entries, len(entries))

    def settled(rows):
        return settle({key: place for key, (place, _) in rows}, {key: each for key, (_, each) in rows}, ladder)

    assert settled(entries) == settled(shuffled)


@given(cases, ladders)
def test_the_ladder_only_parts_equals(made, ladder):
    places = {key: place for key, (place, _) in enumerate(made)}
    settled = settle(places, {key: each for key, (_, each) in enumerate(made)}, ladder)

    sizes = {place: list(places.values()).count(place) for place in places.values()}
    for key, place in places.items():
        assert place <= settled[key].place < place + sizes[place]
        assert (settled[key].by is None) or sizes[place] > 1
    assert settle(places, {key: each for key, (_, each) in enumerate(made)}, []) == {
        key: Settled(place) for key, place in places.items()
    }


@pytest.mark.parametrize(
    ("step", "better", "worse"),
    [
        ("criteria", facts(5, 3), facts(4, 9)),
        ("criteria", facts(5, 4), facts(5, 3)),
        ("lowest", facts(totals=(55, 65)), facts(totals=(50, 70))),
        ("spread", facts(totals=(50, 60)), facts(totals=(50, 70))),
        ("earlier", facts(minutes=0), facts(minutes=1)),
        ("lot", facts(lot="b"), facts(lot="a")),
    ],
)
def test_each_step_parts_what_it_says(step, better, worse):
    assert settle({1: 1, 2: 1}, {1: worse, 2: better}, [step]) == {
        1: Settled(2, Tiebreak(step)),
        2: Settled(1, Tiebreak(step)),
    }


def test_the_first_step_that_differs_decides_and_equals_share():
    told = {1: facts(5, totals=(40, 80)), 2: facts(5, totals=(50, 70)), 3: facts(5, totals=(50, 70))}

    settled = settle({1: 4, 2: 4, 3: 4}, told, ["criteria", "lowest"])

    assert settled == {1: Settled(6, Tiebreak.LOWEST), 2: Settled(4, Tiebreak.LOWEST), 3: Settled(4, Tiebreak.LOWEST)}
