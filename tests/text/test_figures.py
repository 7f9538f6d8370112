"""Money, numbers, days and hours in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.text import (
    format_day,
    format_long_day,
    format_moment,
    format_number,
    money,
    parse_decimal,
    weekday_name,
)


@pytest.mark.parametrize(
    ("amount", "currency", "language", "shown"),
    [
        (40_000_000, "VND", "vi", "40.000.000 đồng"),
        (40_000_000, "VND", "en", "VND 40,000,000"),
        (425_000, "USD", "vi", "425.000 USD"),
        (425_000, "USD", "en", "USD 425,000"),
        (-500, "VND", "vi", "-500 đồng"),
        (0, "VND", "vi", "0 đồng"),
    ],
)
def test_money_is_written_in_full(amount, currency, language, shown):
    assert money(amount, currency, language) == shown


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        (Decimal("1234.5"), "vi", "1.234,5"),
        (Decimal("1234.5"), "en", "1,234.5"),
        (Decimal("8.50"), "vi", "8,50"),
        (Decimal("1E+3"), "vi", "1.000"),
        (1234567, "vi", "1.234.567"),
    ],
)
def test_numbers_are_grouped_by_thousands(number, language, shown):
    assert format_number(number, language) == shown


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("8,5", "vi", "8.5"),
        ("8.5", "vi", "8.5"),
        (" 8,5 ", "en", "8.5"),
        ("8", "vi", "8"),
        ("-3,25", "vi", "-3.25"),
        ("0.125", "vi", "0.125"),
        ("1,234", "vi", "1.234"),
        ("1.234", "en", "1.234"),
        ("1.234,5", "vi", "1234.5"),
        ("1,234.5", "vi", "1234.5"),
        ("1.234.567", "en", "1234567"),
        ("12345.678", "vi", "12345.678"),
    ],
)
def test_comma_and_point_are_both_understood(typed, language, number):
    assert parse_decimal(typed, language) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("1.234", "vi"),
        ("1,234", "en"),
        ("1.23.4", "vi"),
        ("1.234,567.8", "vi"),
        ("12,34.5", "vi"),
        ("0.123.456", "vi"),
        (",5", "vi"),
        ("5,", "vi"),
        ("1e3", "vi"),
        ("NaN", "vi"),
        ("Infinity", "en"),
        ("+5", "vi"),
        ("1 000", "vi"),
        ("1_000", "vi"),
        ("٣", "vi"),
        ("８", "vi"),
        ("", "vi"),
        ("9" * 50, "vi"),
    ],
)
def test_what_is_not_plainly_one_number_is_refused(typed, language):
    with pytest.raises(ValueError, match=r"not a number|thousands or decimals"):
        parse_decimal(typed, language)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["vi", "en"]))
def test_a_number_we_wrote_is_read_back_as_itself(number, language):
    assert parse_decimal(format_number(number, language), language) == number


@given(st.text(st.characters(exclude_categories=[])), st.sampled_from(["vi", "en"]))
def test_any_text_is_a_finite_number_or_refused(text, language):
    try:
        number = parse_decimal(text, language)
    except ValueError:
        return

    assert number.is_finite()


def test_the_day_is_that_of_hanoi():
    late_in_london = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)

    assert format_day(late_in_london, "vi") == format_day(late_in_london, "en") == "21/11/2026"
    assert weekday_name(late_in_london, "vi") == "Thứ Bảy"
    assert weekday_name(late_in_london, "en") == "Saturday"
    assert weekday_name(date(2026, 11, 22), "vi") == "Chủ Nhật"


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2026, 11, 21), "ngày 21 tháng 11 năm 2026", "21 Nov 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026", "5 Feb 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026", "10 Mar 2026"),
    ],
)
def test_a_long_day_pads_what_the_decree_pads(day, vietnamese, english):
    assert format_long_day(day, "vi") == vietnamese
    assert format_long_day(day, "en") == english


def test_a_moment_says_whose_hour_it_is():
    moment = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)

    assert format_moment(moment, "vi") == "17:00 ngày 21/11/2026 (giờ Hà Nội)"
    assert format_moment(moment, "en") == "17:00 on 21 Nov 2026 (Hanoi time)"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        format_moment(datetime(2026, 11, 21, 10, 0), "vi")
