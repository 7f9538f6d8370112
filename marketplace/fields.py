"""Form fields for what people here write: đồng, shares, Hanoi time, lines in two languages, lengths."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, EmailField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from marketplace import clock
from marketplace.formats import language_now
from marketplace.text import HANOI, clean_line, clean_text, format_number, parse_decimal

MOST_MONEY = 10**13
TOO_LONG_A_LINE = _l("Use at most 300 characters a line.")
# more than any column holds; NumberRange cannot compare numbers too long for a float
_MOST_DIGITS = 18


def one_line(value: str | None) -> str | None:
    """A filter: one clean line, None where nothing is left."""
    return _cleaned(clean_line, value)


def several_lines(value: str | None) -> str | None:
    """A filter: clean text of several lines, None where nothing is left."""
    return _cleaned(clean_text, value)


def _cleaned(how: Callable[[str], str], value: str | None) -> str | None:
    return (how(value) or None) if value else None


class Needed:
    """A validator that refuses nothing: the field may stay empty in a draft, but is needed before it is sent.

    So it is not called optional.
    """

    field_flags = {"input_required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Whoever checks completeness says what is missing."""


class TypedReferenceField(StringField):
    """The reference of a thing, typed by hand, so that nothing is done to the wrong one in passing.

    The form gives `reference`; case does not matter.
    """

    reference = ""

    def __init__(self, label: Any, **options: Any):
        super().__init__(label, filters=[one_line], validators=[DataRequired(_l("Type the reference."))], **options)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        del form
        if not validation_stopped and (self.data or "").upper() != self.reference:
            raise ValidationError(_("Type %(reference)s.", reference=self.reference))


class AtMost:
    """No more letters (code points, after cleaning) than this; the message names the field and the limit."""

    def __init__(self, most: int):
        self.most = most
        self.field_flags = {"max_length": most}

    def __call__(self, form: Any, field: Any) -> None:
        if len(field.data or "") > self.most:
            most = format_number(self.most, language_now())
            raise ValidationError(_("%(label)s: use at most %(max)s characters.", label=field.label.text, max=most))


class AddressField(EmailField):
    """Somebody's e-mail address, no longer than a column holds; needed unless `may_miss`."""

    def __init__(self, label: Any = None, *, may_miss: bool = False, **options: Any):
        needed = Optional() if may_miss else DataRequired(_l("Enter an e-mail address."))
        validators = [needed, Email(_l("This is no e-mail address.")), AtMost(255)]
        super().__init__(label or _l("E-mail address"), filters=[one_line], validators=validators, **options)


class WholeNumberField(IntegerField):
    """A whole number of a length that a column can hold; a longer one is no number."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and len(str(abs(self.data))) > _MOST_DIGITS:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))


class TicksField(SelectMultipleField):
    """Several of some, each with its own box; nothing ticked is an empty list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MonthField(StringField):
    """A year, or a month of it: "2024", "6/2024" or "2024-06"; `year` and `month` are what was typed."""

    year: int | None = None
    month: int | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean_line(valuelist[0] if valuelist else "")
        if not self.data:
            return
        found = re.fullmatch(
            r"(?:(?P<month>[0-9]{1,2})[/.-])?(?P<year>[0-9]{4})|(?P<first>[0-9]{4})-(?P<then>[0-9]{1,2})", self.data
        )
        year, month = (found["year"] or found["first"], found["month"] or found["then"]) if found else (None, None)
        if year is None or not 1950 <= int(year) <= 2100 or (month is not None and not 1 <= int(month) <= 12):
            raise ValidationError(_("Enter a year, such as 2024, or a month, such as 06/2024."))
        self.year, self.month = int(year), int(month) if month else None


class MoneyField(StringField):
    """Whole đồng from `least` up, written with or without marks between thousands."""

    def __init__(self, label: Any = None, *, least: int = 0, **options: Any):
        super().__init__(label, **options)
        self.least = least

    def _value(self) -> str:
        if self.raw_data:
            return clean_line(str(self.raw_data[0]))
        return format_number(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "")
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"[0-9]{1,14}|[0-9]{1,3}([., ][0-9]{3})+", typed):
            raise ValidationError(_("Write a whole number of đồng, for example 1.500.000.000."))
        amount = int(re.sub(r"[^0-9]", "", typed))
        if not self.least <= amount <= MOST_MONEY:
            raise ValidationError(_("This amount is out of range."))
        self.data = amount


class PercentField(StringField):
    """A share with at most two decimals, kept in basis points."""

    def _value(self) -> str:
        if self.raw_data:
            return clean_line(str(self.raw_data[0]))
        return format_number(Decimal(self.data) / 100) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "").removesuffix("%").strip()
        self.data = None
        if not typed:
            return
        try:
            points = parse_decimal(typed) * 100
        except ValueError:
            raise ValidationError(_("Write a percentage, for example 25 or 12,5.")) from None
        if points != points.to_integral_value() or not 0 < points <= 10_000:
            raise ValidationError(_("A weight is more than 0 and at most 100, with at most two decimals."))
        self.data = int(points)


class HanoiTimeField(DateTimeLocalField):
    """A moment typed in Hanoi time; `utc` is it in UTC."""

    utc: datetime | None = None

    def process_data(self, value: datetime | None) -> None:
        super().process_data(value.astimezone(HANOI).replace(tzinfo=None) if value else None)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValidationError(_("Write day and time, for example 2026-12-31T17:00.")) from None
        if self.data is None:
            return
        typed = self.data.replace(tzinfo=HANOI)
        if not timedelta(days=-3650) < typed - clock.now() < timedelta(days=3650):
            raise ValidationError(_("This day is too far away."))
        self.utc = typed.astimezone(UTC)


class LinesField(TextAreaField):
    """One thing a line, Vietnamese and English parted by a bar: a list of texts by language.

    A line without a bar is in the language `bare`, or in that of the page.
    """

    def __init__(
        self,
        label: Any = None,
        *,
        bare: str | None = None,
        most: int = 20,
        longest: int = 300,
        too_long: Any = TOO_LONG_A_LINE,
        **options: Any,
    ):
        super().__init__(label, **options)
        self.bare, self.most, self.longest, self.too_long = bare, most, longest, too_long

    def _value(self) -> str:
        if self.raw_data:
            return clean_line(str(self.raw_data[0]))
        return typed_lines(self.data or [], self.bare or language_now())

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = lines_from(clean_text(valuelist[0] if valuelist else ""), self.bare or language_now())
        if len(self.data) > self.most:
            raise ValidationError(_("Use at most %(number)s lines.", number=self.most))
        if any(len(text) > self.longest for line in self.data for text in line.values()):
            raise ValidationError(self.too_long)


def lines_from(text: str, language: str) -> list[dict[str, str]]:
    """A list of texts by language; a line without a bar is in `language`. Empty and repeated lines are left out."""
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        first, bar, second = (clean_line(part) for part in line.partition("|"))
        texts = {"vi": first, "en": second} if bar else {language: first}
        said = {key: value for key, value in texts.items() if value}
        if said and said not in found:
            found.append(said)
    return found


def typed_lines(lines: list[dict[str, str]], language: str) -> str:
    """The text from which `lines_from` makes the same list."""
    return "\n".join(_as_line(each, language) for each in lines)


def _as_line(line: dict[str, str], language: str) -> str:
    if set(line) == {language}:
        return line[language]
    return f"{line.get('vi', '')} | {line.get('en', '')}".strip()


def hidden_count(typed: Any) -> int:
    """A hidden count; what is none is the first."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
