"""The adjusted estimate: what it finds, what it does not claim, and that it is the same for the same scores."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from benchmarks.juries import DESIGNS, MODERATE, jury
from benchmarks.ranking import compared, raw_means, readings_of, tau_b
from marketplace.judging.ranking.advice import Zone, advise, merits
from marketplace.judging.ranking.agreement import krippendorff_alpha, reliability
from marketplace.judging.ranking.connection import parts
from marketplace.judging.ranking.equations import plain_design
from marketplace.judging.ranking.estimate import estimate
from marketplace.judging.ranking.mixed_model import fit
from marketplace.judging.ranking.pairwise import bradley_terry
from marketplace.judging.ranking.places import draws, places

SMALL = replace(MODERATE, entries=36, judges=8)


def a_table(entries=12, judges=4, seed=1):
    """Every judge reads every entry; entry 0 is best; judge 0 is ten points stricter."""
    random = np.random.default_rng(seed)
    return {
        (entry, judge): float(round(80 - 4 * entry - 10 * (judge == 0) + random.normal(0, 3), 1))
        for entry in range(entries)
        for judge in range(judges)
    }


@pytest.mark.parametrize("design", DESIGNS[:3], ids=lambda design: design.name)
def test_judges_of_known_habits_are_seen_through(design):
    figures = compared([jury(design, seed) for seed in range(6)])

    assert figures["tau adjusted"] >= figures["tau raw"] - 0.01


def test_merit_and_variances_are_those_of_the_dense_equations():
    drawn = readings_of(jury(SMALL, 3))
    found = fit(plain_design(drawn), drawn.score)
    size = len(drawn.score)
    same_entry = drawn.entry[:, None] == drawn.entry[None, :]
    same_judge = drawn.judge[:, None] == drawn.judge[None, :]
    covariance = found.merit_variance * same_entry + found.judge_variance * same_judge + found.noise * np.eye(size)
    inverse = np.linalg.inv(covariance)
    mean = inverse.sum(axis=0) @ drawn.score / inverse.sum()
    weighted = inverse @ (drawn.score - mean)

    dense = found.merit_variance * np.bincount(drawn.entry, weighted)

    assert found.mean == pytest.approx(mean, abs=1e-8)
    assert np.abs(found.merit - dense).max() < 1e-8


def test_the_variances_have_the_greatest_restricted_likelihood():
    drawn = readings_of(jury(SMALL, 3))
    found = fit(plain_design(drawn), drawn.score)
    same_entry = drawn.entry[:, None] == drawn.entry[None, :]
    same_judge = drawn.judge[:, None] == drawn.judge[None, :]
    # Contrasts of neighbours hold all but the mean, so their ordinary likelihood is the restricted one.
    contrast = np.eye(len(drawn.score))[1:] - np.eye(len(drawn.score))[:-1]
    rest = contrast @ drawn.score

    def likelihood(entry, judge, noise):
        covariance = entry * same_entry + judge * same_judge + noise * np.eye(len(drawn.score))
        return multivariate_normal.logpdf(rest, cov=contrast @ covariance @ contrast.T)

    best = (found.merit_variance, found.judge_variance, found.noise)
    nearby = [tuple(value * (1.1 if at == which else 1) for at, value in enumerate(best)) for which in range(3)]
    nearby += [tuple(value * (0.9 if at == which else 1) for at, value in enumerate(best)) for which in range(3)]
    assert all(likelihood(*best) > likelihood(*other) for other in nearby)


def test_the_fit_agrees_with_statsmodels():
    models = pytest.importorskip("statsmodels.regression.mixed_linear_model")
    drawn = readings_of(jury(replace(SMALL, entries=15, judges=5), 3))
    ones = np.ones((len(drawn.score), 1))
    groups = {name: np.eye(whose.max() + 1)[whose] for name, whose in (("entry", drawn.entry), ("judge", drawn.judge))}
    components = models.VCSpec(
        ["entry", "judge"],
        [[[f"{name}{at}" for at in range(table.shape[1])]] for name, table in groups.items()],
        [[table] for table in groups.values()],
    )
    theirs = models.MixedLM(drawn.score, ones, np.zeros(len(drawn.score)), exog_vc=components).fit(reml=True)

    ours = fit(plain_design(drawn), drawn.score)

    assert ours.mean == pytest.approx(theirs.fe_params[0], abs=0.001)
    assert (ours.merit_variance, ours.judge_variance, ours.noise) == pytest.approx(
        (*theirs.vcomp, theirs.scale), rel=0.001
    )


def test_intervals_hold_the_true_place_nine_times_in_ten():
    held = []
    for seed in range(8):
        drawn = jury(MODERATE, seed)
        sure = places(draws(estimate(readings_of(drawn)).fit), cut=10)
        true = np.argsort(np.argsort(-drawn.merit)) + 1
        held.append(((sure.low <= true) & (true <= sure.high)).mean())

    assert 0.86 <= np.mean(held) <= 0.94


def test_a_planted_ten_beside_lowered_marks_is_seen():
    totals = a_table()
    totals[9, 2] = 100.0
    for entry in range(9):
        totals[entry, 2] -= 15

    advice = advise(totals, cut=3)

    assert (advice.surprises[0].entry, advice.surprises[0].judge) == (9, 2)
    assert advice.surprises[0].deviations > 4
    assert [each.entry for each in advice.parts[0].entries[:3]] == [0, 1, 2]


def test_a_strict_judge_is_named_with_an_interval_and_the_others_are_not():
    advice = advise(a_table(), cut=3)

    strict, *others = advice.judges
    assert strict.low < -7.5 < strict.high < 0
    assert strict.telling
    assert all(not each.flat for each in advice.judges)
    assert all(abs(each.offset) < abs(strict.offset) for each in others)


def test_a_judge_who_gives_everybody_the_same_says_nothing_of_merit():
    totals = a_table() | {(entry, 9): 50.0 for entry in range(12)}

    advice = advise(totals, cut=3)

    assert [each.judge for each in advice.judges if each.flat] == [9]
    assert merits(totals) == pytest.approx(merits(a_table()), abs=4)


def test_the_best_are_sure_the_worst_are_out_and_the_open_ones_are_named_for_one_more_reading():
    advice = advise(a_table(), cut=3)

    (part,) = advice.parts
    assert (part.entries[0].zone, part.entries[-1].zone) == (Zone.IN, Zone.OUT)
    assert set(advice.reread) == {each.entry for each in part.entries if 0.1 < each.chance < 0.9 and each.open >= 0.09}
    assert all(each.low <= each.place <= each.high for each in part.entries)
    assert [first for first, _ in part.runs] == [1, *(last + 1 for _, last in part.runs[:-1])]


def test_entries_without_common_judges_are_ranked_apart():
    one, other = a_table(6, 3), {(entry + 10, judge + 10): total for (entry, judge), total in a_table(5, 3, 2).items()}

    advice = advise(one | other, cut=2)

    assert not advice.connected
    assert [len(part.entries) for part in advice.parts] == [6, 5]
    assert [[each.place for each in part.entries] for part in advice.parts] == [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5]]
    assert parts([(1, 7), (2, 7), (3, 8), (2, 9), (4, 9), (5, 8)]) == [frozenset({1, 2, 4}), frozenset({3, 5})]


def test_a_field_that_is_better_is_believed_to_be():
    design = next(each for each in DESIGNS if each.name == "tracks differ, disjoint")
    gains = []
    for seed in range(4):
        drawn = jury(design, seed)
        gains.append(tau_b(estimate(readings_of(drawn)).merit, drawn.merit) - tau_b(raw_means(drawn), drawn.merit))

    assert np.mean(gains) > -0.01


@pytest.mark.parametrize("totals", [{}, {(1, 1): 50.0}, {(e, j): 60.0 for e in range(5) for j in range(3)}])
def test_of_too_little_nothing_is_said(totals):
    assert advise(totals, cut=1) is None


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_scores_changes_no_digit(order):
    totals = a_table()
    shuffled = dict(order.sample([*totals.items()], len(totals)))

    assert merits(shuffled) == merits(totals)


@settings(max_examples=15)
@given(st.integers(-20, 20), st.sampled_from([0.5, 1.0, 2.0]))
def test_another_scale_of_points_leaves_the_order(shift, width):
    totals = a_table()
    other = {pair: shift + width * total for pair, total in totals.items()}

    before, after = merits(totals), merits(other)

    assert sorted(after, key=after.get) == sorted(before, key=before.get)


def test_scores_that_never_came_are_left_out():
    totals = a_table()

    assert merits({**totals, (3, 77): None}) == merits(totals)


def test_krippendorffs_alpha_is_that_of_his_example():
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section E: interval alpha 0.849.
    units = [
        (1, 1, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4),
        (4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (5, 5, 5), (1, 1), (3,),
    ]  # fmt: skip

    assert krippendorff_alpha(dict(enumerate(units))) == pytest.approx(0.849, abs=0.0005)
    assert krippendorff_alpha({1: [3, 3], 2: [3]}) is None


def test_more_readings_are_worth_more():
    assert reliability(1, judge=0.5, noise=1.5, readings=4) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert reliability(0, judge=0, noise=0, readings=3) is None


def test_comparisons_of_two_give_an_order_and_equals_stay_equal():
    strength = bradley_terry([("a", "b")] * 3 + [("b", "a")] + [("b", "c")] * 3 + [("c", "b")])

    assert sorted(strength, key=strength.get, reverse=True) == ["a", "b", "c"]
    assert sum(strength.values()) == pytest.approx(0)
    assert bradley_terry([(1, 2), (2, 1)]) == {1: 0, 2: 0}
    assert bradley_terry([]) == {}


def test_the_site_starts_without_the_estimate():
    ask = "import sys, marketplace.judging.ranking; print(json.dumps(sorted({'numpy', 'scipy'} & set(sys.modules))))"

    answer = subprocess.run([sys.executable, "-c", f"import json; {ask}"], capture_output=True, text=True, check=True)

    assert json.loads(answer.stdout) == []
