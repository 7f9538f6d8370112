"""How an answer that a version keeps reads on a page: one line in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from marketplace.challenges.entry_form.stages import Kind
from marketplace.formats import day, money, number
from marketplace.labels import YES_NO, word


def told(answer: Mapping[str, Any]) -> str:
    """The words for figures, days, amounts and files; any other answer, and what is not of its kind, as it was kept."""
    tell = _TELL.get(answer["kind"])
    try:
        return tell(answer) if tell else str(answer["value"])
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return str(answer["value"])


def web_address(answer: Mapping[str, Any]) -> str | None:
    """The address an answer links to; None where it is none of the web."""
    value = answer["value"]
    return value if answer["kind"] == Kind.LINK and str(value).startswith(("https://", "http://")) else None


def _figure(answer: Mapping[str, Any]) -> str:
    return " ".join(filter(None, [number(Decimal(answer["value"])), answer.get("unit")]))


_TELL: dict[str, Callable[[Mapping[str, Any]], str]] = {
    Kind.NUMBER: _figure,
    Kind.MONEY: lambda answer: money(int(answer["value"])),
    Kind.DATE: lambda answer: day(date.fromisoformat(answer["value"])),
    Kind.YES_NO: lambda answer: word(YES_NO, answer["value"]),
    Kind.FILE: lambda answer: str(answer["name"]),
}
