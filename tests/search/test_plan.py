"""What a query looks like before anything is asked."""

import pytest

from marketplace.search.plan import is_without_marks


@pytest.mark.parametrize(
    ("typed", "taken_for_vietnamese"),
    [
        ("Doi thu Panthers da thua bao nhieu diem?", True),
        ("canh bao ngap", True),
        ("cảnh báo ngập", False),
        ("How many points did the Panthers defence surrender?", False),
        ("flood warning", False),
        ("", False),
        ("2026", False),
    ],
)
def test_vietnamese_without_marks_is_known_by_its_syllables(typed, taken_for_vietnamese):
    assert is_without_marks(typed) is taken_for_vietnamese
