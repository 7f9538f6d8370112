"""Where more entries answer than are looked at: bounded work, and what somebody looks for is still found."""

import pytest
from sqlalchemy import event, func, insert, select, update

from marketplace.search.engines.bench import opened
from marketplace.search.finding import MOST, SCORED, find
from marketplace.search.models import SearchEntry
from marketplace.search.services import Thing, columns

pytestmark = pytest.mark.each_database


@pytest.fixture
def place(database_url):
    """An empty index in the database of this run: its connection and engine."""
    with opened("postgres" if database_url else "sqlite", database_url) as (connection, engine):
        yield connection, engine


def put(connection, count: int, *, kind: str, title: str, text: str = "") -> None:
    """Add things that say the same, the newest last."""
    before = connection.scalar(select(func.max(SearchEntry.id))) or 0
    row = {"kind": kind} | columns(Thing(kind, "same", title_vi=title, text_vi=text))
    numbers = range(before + 1, before + 1 + count)
    connection.execute(insert(SearchEntry), [row | {"id": number, "slug": str(number)} for number in numbers])


def test_what_is_rare_among_many_is_found_by_its_kind_however_old(place):
    put(place[0], 30, kind="result", title="Cảnh báo ngập")
    put(place[0], MOST + 200, kind="organisation", title="Cảnh báo ngập")

    wide = find(*place, "cảnh báo ngập", counted=True)
    assert (len(wide.hits), wide.is_cut, wide.facets["kind"]) == (MOST, True, {"organisation": MOST})

    results = find(*place, "cảnh báo ngập", facts={"kind": "result"}, counted=True)
    assert ({hit.number for hit in results.hits}, results.is_cut) == (set(range(1, 31)), False)
    assert results.facets == wide.facets

    organisations = find(*place, "cảnh báo ngập", facts={"kind": "organisation"}, counted=True)
    assert (len(organisations.hits), organisations.is_cut) == (MOST, True)

    put(place[0], 400, kind="challenge", title="Cảnh báo ngập")
    organisations = find(*place, "cảnh báo ngập", facts={"kind": "organisation"}, counted=True)
    assert (len(organisations.hits), organisations.is_cut) == (MOST - 400, True)


def test_narrowed_down_among_many_the_best_come_first_and_none_of_another_kind(place):
    put(place[0], 1, kind="organisation", title="Cảnh báo ngập")
    put(place[0], MOST, kind="organisation", title="Sông", text="Ngập và cảnh báo.")
    put(place[0], MOST, kind="challenge", title="Sông", text="Ngập và cảnh báo.")

    found = find(*place, "cảnh báo ngập", facts={"kind": "organisation"}, counted=True)

    assert found.hits[0].number == 1
    assert all(hit.number <= MOST + 1 for hit in found.hits)
    assert len(found.hits) > SCORED


def test_those_with_any_word_are_narrowed_down_too(place):
    put(place[0], 25, kind="organisation", title="Cảnh báo cháy")
    put(place[0], 25, kind="challenge", title="Cảnh báo mưa")
    put(place[0], 1, kind="challenge", title="Cảnh báo ngập")

    found = find(*place, "cảnh báo ngập", facts={"kind": "challenge"}, counted=True)

    assert [hit.number for hit in found.hits] == [51, *range(50, 25, -1)]
    assert [hit.has_all for hit in found.hits] == [True] + [False] * 25
    assert found.facets["kind"] == {"organisation": 25, "challenge": 26}


def test_where_few_of_those_with_any_word_are_left_others_are_looked_for(place):
    put(place[0], 30, kind="challenge", title="Cảnh báo mưa")
    put(place[0], SCORED, kind="organisation", title="Cảnh báo cháy")
    put(place[0], 5, kind="challenge", title="Cảnh báo mưa")

    found = find(*place, "cảnh báo ngập", facts={"kind": "challenge"}, counted=True)

    assert len(found.hits) == 35


def test_how_many_hold_a_common_word_is_asked_again_once_there_are_more(place):
    connection, _ = place
    put(connection, 10_000, kind="organisation", title="Cảnh báo ngập")

    def asked():
        statements = []
        note = lambda _c, _u, statement, *_rest: statements.append(statement)  # noqa: E731
        event.listen(connection.engine, "before_cursor_execute", note)
        scores = {hit.score for hit in find(*place, "cảnh báo ngập").hits}
        event.remove(connection.engine, "before_cursor_execute", note)
        return len(statements), scores

    first, scores = asked()
    again, same = asked()
    assert again < first
    assert same == scores

    put(connection, 50, kind="organisation", title="Cháy")
    assert asked()[0] == again
    put(connection, 100, kind="organisation", title="Cháy")
    later, others = asked()
    assert (later, others != scores) == (first, True)


def test_a_word_that_comes_up_counts_at_once_however_many_there_are(place):
    connection, _ = place
    put(connection, 10_000, kind="organisation", title="Cảnh báo ngập")
    assert find(*place, "cháy").unknown == ("chay",)

    says = update(SearchEntry).values(columns(Thing("x", "same", title_vi="Cháy")))
    connection.execute(says.where(SearchEntry.id == 7))
    found = find(*place, "cháy")
    assert (found.unknown, [hit.number for hit in found.hits]) == ((), [7])

    connection.execute(says.where(SearchEntry.id == 8))
    assert find(*place, "cháy").hits[0].score < found.hits[0].score
