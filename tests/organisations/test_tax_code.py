"""The tax code and its check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.organisations.tax_code import check_digit, normalised_tax_code

nine_digits = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0100233488", "0100233488"),
        (" 0100 233 488 ", "0100233488"),
        ("0314409058-002", "0314409058-002"),
        ("0314409058002", "0314409058-002"),
        ("0100047516", "0100047516"),
    ],
)
def test_real_codes_are_written_one_way(typed, stored):
    assert normalised_tax_code(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", "0100233480", "010023348", "01002334881", "0314409058-000", "0314409058-02", "01002334٨٨", "O100233488"],
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(ValueError):
        normalised_tax_code(typed)


@given(nine_digits)
def test_a_code_with_its_check_digit_is_right_and_stays_as_it_is(digits):
    tenth = check_digit(digits)
    if tenth is None:
        for digit in "0123456789":
            with pytest.raises(ValueError):
                normalised_tax_code(digits + digit)
    else:
        assert normalised_tax_code(digits + tenth) == digits + tenth


@given(nine_digits, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits, place, step):
    tenth = check_digit(digits)
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]

    if tenth is not None:
        with pytest.raises(ValueError):
            normalised_tax_code(wrong + tenth)
