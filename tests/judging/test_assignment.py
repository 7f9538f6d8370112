"""Who reads what."""

import random
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from marketplace.judging import assignment
from marketplace.judging.assignment import Assignment, Demand, Infeasible, Shortage, ask, repair

A, B, C = 1, 2, 3  # entries
LAN, MINH, HOA, TAM = 11, 12, 13, 14  # judges


def assign(affinity, *, fair=False, demands=(), **rules):
    return assignment.assign(ask(affinity, **rules), fair=fair, demands=demands)


@st.composite
def questions(draw):
    entries, judges = range(draw(st.integers(1, 5))), range(100, 100 + draw(st.integers(1, 5)))
    pairs = [(entry, judge) for entry in entries for judge in judges]
    affinity = {pair: draw(st.integers(-3, 10)) / 10 for pair in pairs}
    return affinity, {
        "reviews_per_entry": draw(st.integers(0, 3)),
        "max_load": {judge: draw(st.integers(0, 5)) for judge in judges},
        "conflicts": draw(st.sets(st.sampled_from(pairs), max_size=4)),
        "min_load": draw(st.integers(0, 1)),
    }


def best_total(affinity, rules):
    """The optimum by linear programming, or None where there is none."""
    pairs = sorted(affinity)
    entries, judges = sorted({entry for entry, _ in pairs}), sorted({judge for _, judge in pairs})
    by_entry = np.array([[pair[0] == entry for pair in pairs] for entry in entries], dtype=float)
    by_judge = np.array([[pair[1] == judge for pair in pairs] for judge in judges], dtype=float)
    solved = linprog(
        [-affinity[pair] for pair in pairs],
        A_ub=np.vstack([by_judge, -by_judge]),
        b_ub=[rules["max_load"][judge] for judge in judges] + [-rules["min_load"]] * len(judges),
        A_eq=by_entry,
        b_eq=[rules["reviews_per_entry"]] * len(entries),
        bounds=[(0, 0 if pair in rules["conflicts"] else 1) for pair in pairs],
    )
    return -solved.fun if solved.status == 0 else None


def attempt(affinity, rules):
    try:
        return assign(affinity, **rules)
    except Infeasible as refusal:
        return refusal.cause


def test_the_greatest_total_wins_over_the_greatest_pair():
    affinity = {(A, LAN): 0.9, (A, MINH): 0.8, (B, LAN): 0.8, (B, MINH): 0.1}

    assert assign(affinity, reviews_per_entry=1, max_load=1, conflicts=()) == Assignment(
        ((A, MINH), (B, LAN)), pytest.approx(1.6)
    )


def test_a_pair_that_is_not_named_counts_nothing_and_is_allowed():
    affinity = {(A, LAN): 0.9, (B, LAN): 0.8}

    assert assign(affinity, reviews_per_entry=1, max_load={LAN: 1, MINH: 1}, conflicts=()).pairs == (
        (A, LAN),
        (B, MINH),
    )


def test_nobody_to_judge_is_no_assignment():
    assert assign({}, reviews_per_entry=3, max_load=5, conflicts=()) == Assignment((), 0)


def test_a_minimum_load_is_worth_more_than_affinity():
    affinity = {(A, LAN): 1.0, (B, LAN): 1.0, (A, MINH): 0.0, (B, MINH): 0.2}

    assert assign(affinity, reviews_per_entry=1, max_load=2, conflicts=(), min_load=1).pairs == ((A, LAN), (B, MINH))


def test_an_entry_without_enough_judges_is_named():
    affinity = {(entry, judge): 0.5 for entry in (A, B) for judge in (LAN, MINH)}

    with pytest.raises(Infeasible) as refusal:
        assign(affinity, reviews_per_entry=2, max_load=5, conflicts={(B, LAN)})

    assert refusal.value.cause == Shortage(unfilled=1, lacking=((B, 1),))
    assert refusal.value.attempt.pairs == ((A, LAN), (A, MINH), (B, MINH))


def test_a_judge_who_may_take_nothing_is_not_counted():
    with pytest.raises(Infeasible) as refusal:
        assign({(A, LAN): 1, (A, MINH): 1}, reviews_per_entry=2, max_load={LAN: 0, MINH: 2}, conflicts=())

    assert refusal.value.cause.lacking == ((A, 1),)


def test_a_want_of_capacity_is_counted():
    affinity = {(entry, judge): 0.5 for entry in (A, B, C) for judge in (LAN, MINH)}

    with pytest.raises(Infeasible) as refusal:
        assign(affinity, reviews_per_entry=2, max_load=2, conflicts=())

    cause = refusal.value.cause
    assert (cause.unfilled, cause.capacity_missing, cause.lacking) == (2, 2, ())


def test_entries_that_compete_for_the_same_judges_are_named_with_them():
    affinity = {(entry, judge): 0.5 for entry in (A, B, C) for judge in (LAN, MINH, HOA)}
    only_lan = {(entry, judge) for entry in (A, B) for judge in (MINH, HOA)}

    with pytest.raises(Infeasible) as refusal:
        assign(affinity, reviews_per_entry=1, max_load=1, conflicts=only_lan)

    assert refusal.value.cause == Shortage(unfilled=1, contested_entries=(A, B), contested_judges=(LAN,))


def test_judges_who_cannot_be_kept_busy_are_named():
    affinity = {(A, LAN): 0.9, (A, MINH): 0.8}

    with pytest.raises(Infeasible) as refusal:
        assign(affinity, reviews_per_entry=1, max_load=2, conflicts=(), min_load=1)

    assert refusal.value.cause == Shortage(idle_judges=(MINH,))


@pytest.mark.parametrize(
    ("affinity", "reviews", "load"),
    [({(A, LAN): float("nan")}, 1, 1), ({(A, LAN): 1.0}, -1, 1), ({(A, LAN): 1.0}, 1, {LAN: -1})],
)
def test_numbers_that_mean_nothing_are_refused(affinity, reviews, load):
    with pytest.raises(ValueError):
        assign(affinity, reviews_per_entry=reviews, max_load=load, conflicts=())


@given(questions())
def test_the_total_is_the_optimum_of_the_linear_programme(question):
    affinity, rules = question

    answer = attempt(affinity, rules)

    optimum = best_total(affinity, rules)
    if optimum is None:
        assert isinstance(answer, Shortage)
        assert answer != Shortage()
    else:
        assert answer.total == pytest.approx(optimum, abs=1e-6)


@given(questions())
def test_every_rule_is_kept_even_where_not_all_seats_can_be_filled(question):
    affinity, rules = question
    try:
        pairs = assign(affinity, **rules).pairs
    except Infeasible as refusal:
        pairs = refusal.attempt.pairs

    readers, loads = Counter(entry for entry, _ in pairs), Counter(judge for _, judge in pairs)

    assert list(pairs) == sorted(set(pairs))
    assert set(pairs) & rules["conflicts"] == set()
    assert all(count <= rules["reviews_per_entry"] for count in readers.values())
    assert all(count <= rules["max_load"][judge] for judge, count in loads.items())


@given(questions(), st.randoms())
def test_the_order_of_the_question_changes_nothing(question, order):
    affinity, rules = question
    shuffled = {pair: affinity[pair] for pair in order.sample(sorted(affinity), len(affinity))}

    assert attempt(shuffled, rules) == attempt(affinity, rules)


@given(questions(), st.randoms())
def test_other_names_for_entries_and_judges_leave_the_total(question, order):
    affinity, rules = question
    other = {name: order.random() for pair in sorted(affinity) for name in pair}
    new = {name: place for place, name in enumerate(sorted(other, key=other.get))}
    renamed = {(new[entry], new[judge]): value for (entry, judge), value in affinity.items()}

    after = attempt(
        renamed,
        {
            **rules,
            "max_load": {new[judge]: load for judge, load in rules["max_load"].items()},
            "conflicts": {(new[entry], new[judge]) for entry, judge in rules["conflicts"]},
        },
    )

    before = attempt(affinity, rules)
    assert type(after) is type(before)
    if isinstance(before, Assignment):
        assert after.total == pytest.approx(before.total, abs=1e-6)
    else:
        assert after.unfilled == before.unfilled


def test_two_hundred_entries_are_all_read_within_the_loads():
    rng = random.Random(5)
    affinity = {(entry, judge): rng.random() for entry in range(200) for judge in range(30)}

    answer = assign(affinity, reviews_per_entry=3, max_load=24, conflicts=(), min_load=15)

    assert Counter(entry for entry, _ in answer.pairs) == Counter(dict.fromkeys(range(200), 3))
    assert {15 <= load <= 24 for load in Counter(judge for _, judge in answer.pairs).values()} == {True}


def test_importing_the_assignment_does_not_load_its_solver():
    ask = "import sys, marketplace.judging.assignment; print(sorted({'numpy', 'ortools'} & set(sys.modules)))"

    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"


@given(questions())
def test_the_worst_pair_is_as_good_as_it_can_be_and_then_the_total(question):
    affinity, rules = question
    if best_total(affinity, rules) is None or not rules["reviews_per_entry"]:
        return

    fair = assign(affinity, fair=True, **rules)

    worst = min(affinity[pair] for pair in fair.pairs)
    better = [
        {**rules, "conflicts": rules["conflicts"] | {pair for pair, value in affinity.items() if value < level}}
        for level in sorted({value for value in affinity.values() if value > worst})
    ]
    same = {**rules, "conflicts": rules["conflicts"] | {pair for pair, value in affinity.items() if value < worst}}
    assert [best_total(affinity, raised) for raised in better] == [None] * len(better)
    assert fair.total == pytest.approx(best_total(affinity, same), abs=1e-6)


def test_raising_the_worst_pair_may_cost_some_of_the_total():
    affinity = {(A, LAN): 0.9, (A, MINH): 0.5, (B, LAN): 0.5, (B, MINH): 0.2}
    rules = {"reviews_per_entry": 1, "max_load": 1, "conflicts": ()}

    assert assign(affinity, **rules).pairs == ((A, LAN), (B, MINH))
    assert assign(affinity, fair=True, **rules).pairs == ((A, MINH), (B, LAN))


SIDES = {LAN: "state", MINH: "academia", HOA: "academia", TAM: "business"}
FOUR = {(entry, judge): value for entry in (A, B) for judge, value in zip(SIDES, (0.2, 0.9, 0.8, 0.3), strict=True)}


@pytest.mark.feature("68")
def test_each_entry_is_read_from_every_side_that_is_asked_for():
    demands = assignment.panel_mix(SIDES, needed=("state", "business"))

    answer = assign(FOUR, reviews_per_entry=3, max_load=2, conflicts=(), demands=demands)

    assert answer.pairs == ((A, LAN), (A, MINH), (A, TAM), (B, LAN), (B, MINH), (B, TAM))


def test_no_two_judges_of_one_organisation_read_the_same_entry():
    demands = assignment.one_per_organisation({MINH: {7}, HOA: {7, 8}, TAM: {9}})

    answer = assign(FOUR, reviews_per_entry=2, max_load=2, conflicts=(), demands=demands)

    assert answer.pairs == ((A, MINH), (A, TAM), (B, MINH), (B, TAM))


def test_judges_kept_apart_never_meet_on_an_entry():
    answer = assign(FOUR, reviews_per_entry=2, max_load=2, conflicts=(), demands=assignment.apart([(HOA, MINH)]))

    assert answer.pairs == ((A, MINH), (A, TAM), (B, MINH), (B, TAM))


def test_a_reader_from_another_category_ties_the_categories_together():
    demands = assignment.bridges({A: "x", B: "y"}, {LAN: "x", MINH: "x", HOA: "x", TAM: "y"})

    answer = assign(FOUR, reviews_per_entry=2, max_load=2, conflicts=(), demands=demands)

    assert answer.pairs == ((A, MINH), (A, TAM), (B, MINH), (B, HOA))


def test_a_side_that_nobody_free_of_conflict_speaks_for_is_named():
    demands = assignment.panel_mix(SIDES, needed=("state",))

    with pytest.raises(Infeasible) as refusal:
        assign(FOUR, reviews_per_entry=2, max_load=2, conflicts={(B, LAN)}, demands=demands)

    assert refusal.value.cause == Shortage(unkept=((B, demands[0]),))
    assert refusal.value.attempt.pairs[:2] == ((A, LAN), (A, MINH))


def test_two_judges_of_one_organisation_who_alone_are_free_are_named():
    demands = assignment.one_per_organisation({MINH: {7}, HOA: {7}})

    with pytest.raises(Infeasible) as refusal:
        assign(FOUR, reviews_per_entry=2, max_load=2, conflicts={(A, LAN), (A, TAM)}, demands=demands)

    assert refusal.value.cause.unkept == ((A, Demand("organisation", "7", frozenset({MINH, HOA}), most=1)),)


def test_a_vacancy_is_filled_and_nobody_else_moves():
    question = ask(FOUR, reviews_per_entry=2, max_load=2, conflicts={(A, MINH)})

    answer = repair(question, held={(A, MINH), (A, HOA), (B, MINH), (B, HOA)})

    assert answer.pairs == ((A, HOA), (A, TAM), (B, MINH), (B, HOA))


def test_one_pair_gives_way_where_no_vacancy_could_be_filled_otherwise():
    only_lan = {(A, HOA), (A, TAM), (A, MINH)}
    question = ask(FOUR, reviews_per_entry=1, max_load=1, conflicts=only_lan)

    answer = repair(question, held={(A, MINH), (B, LAN)})

    assert answer.pairs == ((A, LAN), (B, MINH))


def test_a_pair_that_is_fixed_does_not_give_way():
    only_lan = {(A, HOA), (A, TAM), (A, MINH)}
    question = ask(FOUR, reviews_per_entry=1, max_load=1, conflicts=only_lan)

    with pytest.raises(Infeasible) as refusal:
        repair(question, held={(B, LAN)}, fixed={(B, LAN)})

    assert refusal.value.cause.unfilled == 1


def test_a_repair_keeps_the_mix_of_the_panel():
    demands = assignment.panel_mix(SIDES, needed=("state",))
    question = ask(FOUR, reviews_per_entry=2, max_load=2, conflicts={(A, MINH)})

    answer = repair(question, held={(A, LAN), (A, MINH), (B, LAN), (B, MINH)}, demands=demands)

    assert answer.pairs == ((A, LAN), (A, HOA), (B, LAN), (B, MINH))
