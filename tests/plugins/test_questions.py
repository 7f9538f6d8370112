"""The second database is asked every question, by as little as it takes."""

from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.questions import cheapest_cover, kind_of

SUITES = st.dictionaries(
    st.sampled_from("abcdefghij"), st.tuples(st.floats(0, 9), st.lists(st.integers(0, 12), max_size=6)), max_size=10
)


@given(SUITES, st.sets(st.sampled_from("abcdefghij"), max_size=3))
def test_every_question_is_asked_and_nobody_asks_only_what_others_did(asked, chosen):
    taken = cheapest_cover(asked, chosen=chosen)

    assert not taken & chosen
    every = {kind for _seconds, kinds in asked.values() for kind in kinds}
    assert {kind for name in (taken | chosen) & asked.keys() for kind in asked[name][1]} == every


def test_of_two_tests_that_ask_the_same_the_cheaper_is_taken():
    assert cheapest_cover({"slow": (9.0, [1, 2]), "quick": (0.1, [1, 2])}) == {"quick"}


def test_a_longer_list_is_the_same_question_and_another_column_is_not():
    assert kind_of("select a from b where c in (?, ?, ?)") == kind_of("select a from b where c in (?)")
    assert kind_of("select a from b where c = ?") != kind_of("select a from b where d = ?")
