"""Weights chosen by what was said: values in, values out; what is not proven by more than one voice is never chosen."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.matching.learning.choosing import Judgement, concordance, grid, learn, verdicts
from marketplace.matching.learning.measuring import falls
from marketplace.matching.quality import kept_figures
from marketplace.relevance.weights import CHOSEN, Weights

POINTS = grid(CHOSEN, semantic=False)
BETTER, WORSE = 5, 7
RIGHT, WRONG = ("a", "b"), ("c", "d")
VOICES = [f"voice {number}" for number in range(12)]


def scores(challenges, *, unsolved):
    """By challenge and organisation its score under each of POINTS.

    BETTER orders all rightly, WORSE none, all others not the first `unsolved` challenges.
    """
    found = {}
    for challenge in range(challenges):
        right = [challenge >= unsolved] * len(POINTS)
        right[BETTER], right[WORSE] = True, False
        found[challenge] = {name: [0.8 if each else 0.2 for each in right] for name in RIGHT}
        found[challenge] |= {name: [0.2 if each else 0.8 for each in right] for name in WRONG}
    return found


def said(challenges=24, voices=VOICES, *, each=3):
    """What `each` voices, in turn, say of every organisation, all of them rightly."""
    return [
        Judgement(challenge, name, voices[(challenge + at) % len(voices)], name in RIGHT)
        for challenge in range(challenges)
        for name in (*RIGHT, *WRONG)
        for at in range(each)
    ]


ANYTHING = st.builds(
    Judgement, st.integers(0, 30), st.sampled_from("abcdx"), st.sampled_from([*VOICES, "others"]), st.booleans()
)


def test_weights_that_order_what_was_judged_better_are_found_with_figures():
    found = learn(said(), scores(24, unsolved=12), POINTS)

    assert (found.weights, found.obstacles) == (POINTS[BETTER], ())
    assert (found.judgements, found.challenges, found.voices) == (288, 24, 12)
    assert (found.before, found.after, found.gain) == (0.5, 1.0, 0.5)
    assert 0 < found.low < 0.5 < found.high < 1


@pytest.mark.parametrize(
    ("judgements", "unsolved", "obstacle"),
    [
        (said(19), 12, "challenges"),
        (said(24, each=1), 12, "judgements"),
        (said(24, VOICES[:9]), 12, "voices"),
        # ten voices, and without one of them nine
        (said(24, VOICES[:10]), 12, "one_voice"),
        (said(), 0, "in_use"),
        (said(), 1, "unsure"),
    ],
)
def test_without_the_evidence_nothing_is_chosen_and_what_is_missing_is_named(judgements, unsolved, obstacle):
    assert learn(judgements, scores(24, unsolved=unsolved), POINTS).obstacles == (obstacle,)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 12), st.sampled_from([2, 3]), st.integers(0, 10**6))
def test_a_thousand_judgements_of_one_organisation_bring_about_only_what_all_others_prove(unsolved, each, seed):
    random, known = Random(seed), scores(24, unsolved=unsolved)
    wrong_share = random.choice([0, 0.2])
    honest = [one if random.random() >= wrong_share else flipped(one) for one in said(each=each)]
    truthful = random.choice([0, 0.5, 1])
    rightly = [one._replace(voice="attacker") for one in random.choices(said(), k=1_000)]
    poison = [one if random.random() < truthful else flipped(one) for one in rightly]

    found, alone = (learn(judgements, known, POINTS) for judgements in (honest + poison, honest))

    # what the others prove may hang on one of them, whom the thousand then stand in for
    proven = alone.obstacles in {(), ("one_voice",)}
    assert found.obstacles or (proven and found.weights == alone.weights)
    assert learn(poison, known, POINTS).obstacles


def flipped(judgement):
    return judgement._replace(is_relevant=not judgement.is_relevant)


def test_one_organisation_alone_on_many_challenges_proves_nothing():
    few = said(10)
    many = [each._replace(voice="attacker") for each in said(24)]

    found = learn([*few, *many], scores(24, unsolved=12), POINTS)

    assert found.judgements > 100
    assert found.obstacles == ("one_voice",)


@given(st.lists(ANYTHING, max_size=60), st.randoms())
def test_the_order_and_the_repetition_of_words_change_nothing(judgements, random):
    again = [*judgements, *judgements]
    random.shuffle(again)

    assert verdicts(again) == verdicts(judgements)
    assert learn(again, scores(24, unsolved=9), POINTS) == learn(judgements, scores(24, unsolved=9), POINTS)


@given(st.lists(ANYTHING, max_size=60), st.integers(0, 30), st.sampled_from("abcdx"))
def test_one_more_voice_for_an_organisation_never_makes_it_less_relevant(judgements, challenge, name):
    before = verdicts(judgements).get(challenge, {}).get(name)
    after = verdicts([*judgements, Judgement(challenge, name, "one more", is_relevant=True)])

    if before:
        assert after[challenge][name]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.booleans(), st.integers(0, 3)), min_size=2))
def test_concordance_is_the_share_of_pairs_in_the_right_order(said_of):
    words = {name: word for name, (word, _score) in said_of.items()}
    if len(set(words.values())) < 2:
        return
    rows = {name: [score, -score] for name, (_word, score) in said_of.items()}

    right, reversed_ = concordance(words, rows).tolist()
    other, _ = concordance({name: not word for name, word in words.items()}, rows).tolist()

    pairs = [(rows[one][0], rows[two][0]) for one in words if words[one] for two in words if not words[two]]
    assert right == pytest.approx(sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs))
    assert right + reversed_ == right + other == pytest.approx(1)


@pytest.mark.parametrize("semantic", [False, True])
def test_the_weights_in_use_are_compared_first_whatever_they_are(semantic):
    own = Weights(latent=3.0)

    points = grid(own, semantic=semantic)

    assert points[0] == own
    assert len(set(points)) == len(points) == (28 if semantic else 10)
    assert {each.words for each in points} == {CHOSEN.words}


def test_a_lower_figure_of_our_own_judged_set_in_any_spelling_is_seen():
    figures = kept_figures()
    lower = {**figures["spellings"], "en": {**figures["spellings"]["en"], "mrr": 0.9}}

    assert not falls(figures, figures)
    assert falls(figures, {"spellings": lower})
    assert not falls({"spellings": lower}, figures)
