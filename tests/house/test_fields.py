"""What people type into fields, and what is kept of it."""

from hypothesis import given
from hypothesis import strategies as st

from marketplace.fields import lines_from, typed_lines
from marketplace.text import clean_line

words = st.text(st.characters(exclude_characters="|", exclude_categories=("Cs",)), max_size=20)
languages = st.sampled_from(["vi", "en"])
capability = st.fixed_dictionaries({}, optional={"vi": words.map(clean_line), "en": words.map(clean_line)}).map(
    lambda texts: {language: text for language, text in texts.items() if text}
)


def test_a_bar_parts_the_languages_and_a_bare_line_is_in_that_of_the_page():
    typed = "Thủy văn | Hydrology\nsensors\n\n | pumps\nbơm |"

    assert lines_from(typed, "en") == [
        {"vi": "Thủy văn", "en": "Hydrology"},
        {"en": "sensors"},
        {"en": "pumps"},
        {"vi": "bơm"},
    ]


@given(st.lists(capability.filter(bool), max_size=8, unique_by=lambda texts: tuple(sorted(texts.items()))), languages)
def test_what_is_shown_in_the_form_comes_back_the_same(capabilities, language):
    assert lines_from(typed_lines(capabilities, language), language) == capabilities
