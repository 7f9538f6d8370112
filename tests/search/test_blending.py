"""Words and meaning together, with values in and values out."""

import numpy as np
import pytest

from marketplace.relevance.places import coded
from marketplace.search.blending import LEAST, Meanings, bound, ranked
from marketplace.search.finding import Found, Hit

ASKED = np.eye(1, 64, dtype=np.float32)[0]


def meanings(*numbers, near=()):
    """Entries that mean anything, in Vietnamese; those `near` what is asked in English alone."""
    # The same numbers are the same entries, whichever tests ran before.
    draw = np.random.default_rng([7, *numbers])
    vi, en = draw.standard_normal((2, len(numbers), 64)).astype(np.float32)
    for place, number in enumerate(numbers):
        en[place] = 16 * ASKED + en[place] if number in near else 0.2 * ASKED + en[place]
        vi[place] *= number not in near
    return Meanings(np.array(numbers), np.array(numbers) + 1_000, {"vi": coded(vi), "en": coded(en)})


def test_a_text_in_one_language_is_as_near_as_it_stands_out_in_its_own():
    near = meanings(*range(1, 31), near=[30]).nearness(ASKED).nearest()

    assert near == [(30, 1_030)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_among_very_few_texts_none_is_near(count):
    assert meanings(*range(1, count + 1), near=[count]).nearness(ASKED).nearest() == []
    assert bound(count) >= LEAST


def test_all_words_of_a_short_query_come_first_then_words_and_meaning_together():
    nearness = meanings(*range(1, 31), near=[5, 6, 7]).nearness(ASKED)
    hits = (
        Hit(1, 2.0, has_all=True),
        Hit(2, 3.0, has_all=True),
        Hit(3, 2.5, has_all=False),
        Hit(5, 2.4, has_all=False),
    )

    short = ranked(Found(hits=hits), nearness, [6, 99])
    question = ranked(Found(hits=hits, is_short=False), nearness, [6])

    assert [hit.number for hit in short] == [1, 2, 5, 6, 3, 99]
    assert [hit.number for hit in short if hit.is_near] == [6, 99]
    assert question[0].number == 5


def test_what_is_changed_added_and_gone_is_as_if_it_were_read_anew():
    first, later = meanings(1, 2, 3, 7), meanings(2, 5, 9)
    both = first.with_these(later).without(np.array([1_003, 1_009]))

    assert dict(zip(both.numbers.tolist(), both.rows.tolist(), strict=True)) == {1: 1_001, 2: 1_002, 7: 1_007, 5: 1_005}
    asked = {number: both.places([number])[0] for number in (1, 2, 3, 5, 9)}
    assert [number for number, at in asked.items() if at < 0] == [3, 9]
    for number, source in ((1, first), (2, later), (5, later)):
        for language in ("vi", "en"):
            mine, theirs = both.texts[language], source.texts[language]
            assert (mine.codes[asked[number]] == theirs.codes[source.places([number])[0]]).all()
            assert mine.factors[asked[number]] == theirs.factors[source.places([number])[0]]
    assert meanings().places([1]).tolist() == [-1]
