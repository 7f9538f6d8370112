"""The second database is asked every question, by as little as it takes."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select

from marketplace.accounts.models import Person
from marketplace.db import db
from tests.plugins.questions import cheapest_cover, is_asked_by_the_product, kinds_of
from tests.site import Site

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


def test_what_others_turn_out_to_ask_between_them_is_left_out():
    asked = {"early": (1.0, [1, 2, 3, 4]), "one": (0.5, [1, 2, 5]), "other": (0.5, [3, 4, 6])}

    assert cheapest_cover(asked) == {"one", "other"}


def test_a_longer_list_is_the_same_question_and_another_column_is_not():
    assert kinds_of("select a from b where c in (?, ?, ?)") == kinds_of("select a from b where c in (?)")
    assert kinds_of("a IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)") == kinds_of("a IN (?, ?)")
    assert kinds_of("select a from b where c = ?") != kinds_of("select a from b where d = ?")


def test_columns_written_together_ask_what_they_ask_one_by_one_and_elsewhere_another_thing():
    one, two, both = (kinds_of(f"UPDATE t SET {what} WHERE t.id = ?") for what in ("a=?", "b=?", "a=?, b=?"))

    assert both == one | two
    assert len(one & two) == 0
    assert one != kinds_of("UPDATE t SET a=? WHERE t.id = ? AND t.edition = ?") != kinds_of("UPDATE t SET a=t.a + ?")
    assert kinds_of("INSERT INTO t (a, b) VALUES (?, ?), (?, ?)") == kinds_of("INSERT INTO t (b, a) VALUES (?, ?)")


def test_what_a_test_asks_to_see_whether_it_was_right_is_not_asked_by_the_product(app):
    asked: list[bool] = []

    def note(*_told):
        asked.append(is_asked_by_the_product())

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        db.session.scalars(select(Person)).all()
        by_the_test = [*asked]
        Site(app).open("/challenges")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert (by_the_test[-1], len(asked) > 3, all(asked[len(by_the_test) :])) == (False, True, True)
