"""How a text becomes terms."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.relevance.bm25 import count_terms
from marketplace.relevance.concepts import ABBREVIATIONS, ENGLISH, VIETNAMESE, topic_label
from marketplace.relevance.reading import read
from marketplace.relevance.tokens import Document, terms, words
from marketplace.text import fold


def names(text):
    return sorted({term.name for term in terms(text)})


def topics(text):
    return [term.name for term in terms(text) if term.name.startswith("#")]


def test_syllables_and_pairs_are_folded():
    assert names("Đô thị đẹp") == ["dep", "do", "do thi", "thi", "thi dep"]


def test_a_pause_parts_neighbours_and_a_hyphen_does_not():
    assert names("sạch, xanh") == ["sach", "xanh"]
    assert names("sạch. Xanh") == ["sach", "xanh"]
    assert names("sạch-xanh") == ["sach", "sach xanh", "xanh"]
    assert names("sạch\nxanh") == ["sach", "sach xanh", "xanh"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("technology", "Technologies"),
        ("manufacture", "manufacturing"),
        ("charge", "charging"),
        ("sensor", "sensors"),
        ("filter", "filtered"),
    ],
)
def test_english_endings_do_not_part_a_word_from_itself(one, other):
    assert words(one)[0].term == words(other)[0].term


@pytest.mark.parametrize("syllable", ["nghiêng", "thành", "nghề", "quý", "khoẻ", "xuống", "bus", "đê", "tre"])
def test_vietnamese_syllables_are_left_whole(syllable):
    assert words(syllable)[0].term == fold(syllable)


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("trí tuệ nhân tạo", "Artificial Intelligence"),
        ("TRÍ TUỆ NHÂN TẠO", "AI"),
        ("vạn vật kết nối", "IoT"),
        ("nước thải", "wastewater"),
        ("chuyển đổi số", "digital transformation"),
        ("chuyen doi so", "CĐS"),
        ("Bộ KH&CN", "KHCN"),
        ("đổi mới sáng tạo", "ĐMST"),
        ("bụi PM2.5", "air quality"),
        ("làng nghề", "craft villages"),
    ],
)
def test_a_topic_is_the_same_term_in_both_languages(vietnamese, english):
    assert topics(vietnamese) == topics(english) != []


@pytest.mark.parametrize("text", ["ai cũng biết", "Ai là chủ", "AI LÀ NGƯỜI CÓ LỖI", "an iot b", "các dn"])
def test_an_abbreviation_counts_only_as_it_is_written(text):
    assert topics(text) == []


def test_the_longest_name_of_a_topic_wins():
    assert topics("doanh nghiệp khởi nghiệp và doanh nghiệp") == ["#startups", "#enterprises"]


def test_a_name_does_not_reach_over_a_pause():
    assert topics("nước, thải") == []


def test_every_topic_has_names_in_both_languages_and_finds_itself():
    assert set(VIETNAMESE) == set(ENGLISH) >= set(ABBREVIATIONS)

    for topic in VIETNAMESE:
        for language in ("vi", "en"):
            assert topics(topic_label(topic, language)) == ["#" + topic]


def test_no_name_is_one_vietnamese_syllable():
    single = [name for names in VIETNAMESE.values() for name in names.split("; ") if len(name.split()) == 1]

    # neither is a syllable: a loan word, and a letter with one
    assert sorted(single) == ["X-quang", "robot"]


SPOKEN = st.lists(
    st.sampled_from(
        ["nước", "thải", "Trí tuệ", "nhân tạo", "AI", "AI LÀ GÌ", "PM2.5", ", ", ". ", "-", "KH&CN", "sensors"]
    )
).map(" ".join)


@given(st.lists(st.builds(Document, SPOKEN, st.tuples(SPOKEN), SPOKEN | st.text()), max_size=3))
def test_many_texts_read_at_once_have_the_terms_that_each_has_by_itself(documents):
    found = read(documents)

    names = list(found.vocabulary.names())
    said = Counter(
        (place, names[term]) for term, place in zip(found.terms.tolist(), found.places.tolist(), strict=True)
    )
    alone = Counter()
    for number, document in enumerate(documents):
        for field, counts in enumerate(count_terms(document)):
            alone.update({(number * 3 + field, name): count for name, count in counts.items()})
    assert said == alone
    assert found.vocabulary.numbers(names).tolist() == list(range(len(names)))


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_has_terms_in_its_bounds_and_however_composed(text):
    found = list(terms(text))
    count = len(words(unicodedata.normalize("NFC", text)))

    assert all(0 <= term.first < term.last <= count and term.name for term in found)
    assert found == list(terms(unicodedata.normalize("NFD", text)))
