"""Days, money and durations in the reader's language, as template filters."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from marketplace import clock, text


def language_now() -> str:
    """The language of the page or letter being written."""
    return str(get_locale() or "vi")[:2]


def moment(value: datetime | None) -> str:
    """17:00 ngày 21/11/2026 (giờ Hà Nội)."""
    return text.format_moment(value, language_now()) if value else ""


def day(value: datetime | date | None) -> str:
    """21/11/2026."""
    return text.format_day(value, language_now()) if value else ""


def hour(value: datetime | None) -> str:
    """17:00, in Hanoi."""
    return f"{value.astimezone(text.HANOI):%H:%M}" if value else ""


def weekday(value: datetime | None) -> str:
    return text.weekday_name(value, language_now()) if value else ""


def money(amount: int | None, currency: str = "VND") -> str:
    """40.000.000 đồng."""
    return text.money(amount, currency, language_now()) if amount is not None else ""


def money_in_short(amount: int) -> str:
    """1.168 triệu đồng for whole millions, else every digit."""
    if amount == 0 or amount % 1_000_000:
        return money(amount)
    return _("VND %(number)s million", number=number(amount // 1_000_000))


def number(value: Decimal | float | None) -> str:
    """1.234,5."""
    if isinstance(value, float):
        value = Decimal(str(value))
    return text.format_number(value, language_now()) if value is not None else ""


def percent(value: float) -> str:
    """12,5%."""
    return f"{text.format_number(Decimal(str(value)).normalize(), language_now())}%"


def points(value: Decimal | None) -> str:
    """A score with two decimals, rounded half up, only for showing: 8,53."""
    return (
        text.format_number(value.quantize(Decimal("0.01"), ROUND_HALF_UP), language_now()) if value is not None else ""
    )


def signed(value: float) -> str:
    """A difference with its sign and one decimal, only for showing: +2,5."""
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{text.format_number(abs(rounded), language_now())}"


def days_left(value: datetime | None) -> str:
    """How long until a moment: days, from one day on; hours below; over, after it."""
    if value is None:
        return ""
    left = value - clock.now()
    if left <= timedelta():
        return _("time is over")
    if left < timedelta(hours=1):
        return ngettext("%(num)d minute left", "%(num)d minutes left", max(1, left.seconds // 60))
    if left < timedelta(days=1):
        return ngettext("%(num)d hour left", "%(num)d hours left", left.seconds // 3600)
    return ngettext("%(num)d day left", "%(num)d days left", left.days)


def file_size(size: int) -> str:
    """1,2 MB; units of 1000."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{text.format_number(Decimal(size).scaleb(-6).quantize(Decimal('0.1')), language_now())} MB"


def bind_to(app: Flask) -> None:
    """Give `app`'s templates these filters."""
    numbers = (money, money_in_short, number, percent, points, signed)
    for filter_ in (moment, day, hour, weekday, days_left, file_size, *numbers):
        app.add_template_filter(filter_)
