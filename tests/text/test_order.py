"""Vietnamese dictionary order."""

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from marketplace.text import sort_key

IN_ORDER = [
    "An Khánh", "Ăn", "Ấn Độ", "Âu Cơ", "Ba Đình", "Dân Hòa", "Dương Hòa", "Đại Mỗ", "Đống Đa", "Em", "Ê",
    "Hạ Bằng", "Hà Đông", "Hai Bà Trưng", "ma", "mà", "mả", "mã", "má", "mạ", "Ô Chợ Dừa", "Ơn", "Tu", "Từ",
]  # fmt: skip


def test_communes_stand_in_dictionary_order():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))

    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_the_thirty_three_letters_stand_in_order():
    alphabet = [*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"]

    assert sorted(random.Random(7).sample(alphabet, 33), key=sort_key) == alphabet


def test_digits_come_before_letters_and_other_scripts_after():
    assert sorted(["ω", "ăn", "an", "aω", "2 an", "y"], key=sort_key) == ["2 an", "an", "aω", "ăn", "y", "ω"]


def test_case_and_punctuation_do_not_count():
    assert sort_key("“Hà Nội” – 2026") == sort_key("hà nội 2026")


@given(st.text(st.characters(exclude_categories=[])))
def test_the_key_does_not_see_how_a_text_was_composed(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@given(st.text("aăâbdđ ", max_size=6), st.text("aăâbdđ ", max_size=6))
def test_words_without_tones_compare_letter_by_letter(left, right):
    places = {letter: place for place, letter in enumerate(" aăâbdđ")}
    left, right = " ".join(left.split()), " ".join(right.split())

    by_hand = [places[letter] for letter in left] < [places[letter] for letter in right]

    assert (sort_key(left) < sort_key(right)) == by_hand
