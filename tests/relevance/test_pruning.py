"""Working out few scores gives the list that working out all of them gives, whatever is asked of whom."""

from contextlib import contextmanager, nullcontext
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.relevance import places, standing
from marketplace.relevance.answers import Query
from marketplace.relevance.index import Evidence, Index
from marketplace.relevance.standing import Ceilings, descending
from marketplace.relevance.vectors import Embedder
from marketplace.relevance.weights import Weights

WORDS = [f"{first}{last}" for first in "bcdghklmnprst" for last in ("an", "en", "in", "on", "un")]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
PIECE = st.tuples(st.integers(0, 30), TEXT, TEXT)
COLLECTION = st.lists(PIECE, min_size=20, max_size=60)
QUERY = st.builds(Query, title=TEXT, tags=st.lists(TEXT, max_size=2), body=TEXT)
HOW_MANY = 20
SIGNAL = st.floats(0, 16)
WEIGHTS = st.builds(Weights, words=st.floats(0.1, 16), latent=SIGNAL, vectors=SIGNAL, patience=st.floats(0, 1))


def made_up(width=24):
    """Vectors that depend only on the text, near each other as those of sentences are."""

    def vector(text):
        draw = np.random.default_rng(sum(text.encode()))
        found = np.ones(width) + draw.standard_normal(width) / 2
        return (found / np.linalg.norm(found)).astype(np.float32)

    return Embedder(lambda texts: np.array([vector(text) for text in texts]).reshape(-1, width), vector)


@contextmanager
def as_if_there_were_many():
    """Every collection is too large to look at all vectors, so that a sketch of them is made."""
    before = places.SKETCHED, places.AXES, standing._LEVELS, standing._SAMPLED
    places.SKETCHED, places.AXES, standing._LEVELS, standing._SAMPLED = 1, 4, (3, 7), 2
    try:
        yield
    finally:
        places.SKETCHED, places.AXES, standing._LEVELS, standing._SAMPLED = before


@settings(max_examples=25, deadline=None)
@given(COLLECTION, QUERY, st.sampled_from([None, "dense", "sketched"]), st.sets(st.integers(0, 30)), WEIGHTS)
def test_the_first_twenty_are_those_of_everybody_ties_included_under_any_weights(
    pieces, query, kind, admitted, weights
):
    evidence = [Evidence(owner, f"{at}", title, (), body) for at, (owner, title, body) in enumerate(pieces)]
    with as_if_there_were_many() if kind == "sketched" else nullcontext():
        index = Index.build(evidence, embedder=made_up() if kind else None)
    for among in (None, index.places_of(admitted)):
        answer, whole = index.ask(query, weights), index.ask(query, weights)

        with as_if_there_were_many():
            pruned = [(match.owner_id, match.score) for match in islice(answer.best(among), HOW_MANY)]

        says = whole.sharing
        everybody = [
            (owner, score)
            for at, (owner, score) in enumerate(zip(index.owners, says, strict=True))
            if score > 0 and (among is None or among[at])
        ]
        assert pruned == sorted(everybody, key=lambda each: (-each[1], each[0]))[:HOW_MANY]


@settings(max_examples=12, deadline=None)
@given(COLLECTION, st.lists(QUERY, min_size=2, max_size=4), WEIGHTS)
def test_questions_asked_together_are_answered_as_each_alone(pieces, queries, weights):
    evidence = [Evidence(owner, f"{at}", title, (), body) for at, (owner, title, body) in enumerate(pieces)]
    index = Index.build(evidence, embedder=made_up())

    together = [list(answer.best()) for answer in index.ask_all(queries, weights)]

    assert together == [list(index.ask(query, weights).best()) for query in queries]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=200), st.integers(1, 9))
def test_values_known_from_above_are_put_in_order_and_few_are_worked_out(numbers, limit):
    values = np.array([value / 10 for value, _ in numbers])
    heights = np.array([value / 10 + more / 10 for value, more in numbers])
    ceilings = Ceilings(heights, value=lambda some: some)
    looked_at = []

    def exact(places):
        looked_at.extend(places.tolist())
        return values[places]

    with as_if_there_were_many():
        found = list(islice(descending(ceilings, exact), limit))

    order = sorted((place for place in range(len(values)) if values[place] > 0), key=lambda at: (-values[at], at))
    assert found == [(place, values[place]) for place in order[:limit]]
    assert len(looked_at) == len(set(looked_at))


@pytest.mark.parametrize("numbers", [{"words": -1}, {"latent": -0.5}, {"vectors": -2}, {"patience": 1.01}])
def test_weights_under_which_few_scores_would_not_do_are_refused(numbers):
    with pytest.raises(ValueError, match="Weights"):
        Weights(**numbers)
