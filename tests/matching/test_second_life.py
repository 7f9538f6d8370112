from hypothesis import given
from hypothesis import strategies as st

from marketplace.matching.profiles import Problem
from marketplace.matching.second_life import MOST_PHRASES, fitting
from marketplace.organisations.stages import Helix
from marketplace.relevance.answers import Query

WORDS = st.sampled_from(["đo", "mực", "nước", "cống", "ngầm", "bản đồ", "ngập", "úng", "trường", "xe buýt", "AI"])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
PROBLEMS = st.lists(TEXTS, max_size=6)


def a_problem(text):
    return Problem(agency_slug="so", agency_helix=Helix.STATE, title=text, needs=(), text=text)


@given(TEXTS, PROBLEMS, st.integers(0, 3))
def test_each_problem_stands_once_with_phrases_that_both_texts_hold(entry, texts, most):
    found = fitting(Query(body=entry), [a_problem(text) for text in texts], most=most)

    assert len(found) <= most
    assert len({fit.place for fit in found}) == len(found)
    for fit in found:
        assert 1 <= len(fit.phrases) <= MOST_PHRASES
        assert [phrase for phrase in fit.phrases if phrase not in texts[fit.place]] == []


def test_a_single_word_in_common_is_no_reason():
    found = fitting(Query(body="đo nhiệt độ"), [a_problem("đo đạc ruộng"), a_problem("trồng cây")], most=3)

    assert found == []


def test_the_nearer_problem_comes_first():
    problems = [a_problem("đo mực nước hồ Tây"), a_problem("đo mực nước trong cống ngầm")]

    found = fitting(Query(body="cảm biến đo mực nước trong cống ngầm"), problems, most=3)

    assert [fit.place for fit in found] == [1, 0]
