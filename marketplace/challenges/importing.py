"""A listing from elsewhere, read from one line of JSON: cleaned to plain text, or refused with the reason. Pure."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import nh3

from marketplace.text import clean_line, clean_text

LONGEST_ROW_BYTES = 1_000_000
LONGEST_LINE = 300
LONGEST_TEXT = 100_000  # what takes markup apart needs a second or two for this much, and quadratically more for more
LONGEST_ADDRESS = 500
_MOST_PRIZE = 10**15

_SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "₫": "VND", "đ": "VND", "đồng": "VND"}
_CURRENCY = r"(?:US\$|[$€£₫đ]|đồng|USD|EUR|GBP|VND)"
_PRIZE = re.compile(rf"(?:up to )?(?P<before>{_CURRENCY})? ?(?P<figure>[0-9.,]+) ?(?P<after>{_CURRENCY})?", re.I)
_WHOLE = re.compile(
    r"(?:[0-9]+|[0-9]{1,3}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?=$|(?!(?P=mark))[.,]))(?P<cents>[.,]00)?"
)
_FRACTION = re.compile(r"[0-9.,]*[0-9][.,][0-9]{1,2}")
_BLOCK_END = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.I)


# what the command line says; pages say it in words.REFUSED_ROWS
_SAID = {
    "language": "the language is neither vi nor en: {text}",
    "several_amounts": "the prize is no single amount: {text}",
    "fraction": "the prize has a fraction of a unit: {text}",
    "no_currency": "the prize names no currency: {text}",
    "two_currencies": "the prize names two currencies: {text}",
    "amount_range": "the prize is not between 1 and {most:,}: {text}",
    "row_length": "the row is longer than {most} bytes",
    "not_utf8": "the row is not UTF-8",
    "not_json": "the row is not JSON",
    "no_object": "the row is no JSON object",
    "not_text": "{name} is not a text",
    "too_long": "{name} is longer than {most} letters",
    "empty": "{name} is empty",
    "no_day": "{name} is no day written as YYYY-MM-DD: {text}",
    "order": "it closes before it opens",
    "no_address": "url is no web address: {text}",
    "same_address": "row {row} has the same url",
}


class RefusedRow(ValueError):
    """The row cannot come in: `why` is one of the words above, `places` what it names; its text says it in English."""

    def __init__(self, why: str, **places: Any):
        super().__init__(_SAID[why].format(**places))
        self.why, self.places = why, places


@dataclass(frozen=True)
class Listing:
    """One challenge as somebody else told it: plain text in English, the prize in whole units of its currency."""

    url: str
    title: str
    agency: str
    summary: str
    description: str
    judging: str
    prize_amount: int | None
    prize_currency: str | None
    opens_on: date | None
    closes_on: date | None
    language: str = "en"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the cleaned row: equal exactly where nothing changed."""
        told = asdict(self)
        if self.language == "en":
            del told["language"]  # so that what came in before there was another one is still the same
        return sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


def read_listing(line: bytes) -> Listing:
    """The listing in one line of JSON with title, agency, summary, description, prize, opens, closes, url, judging.

    Markup is taken out and its text kept, scripts and styles go whole. Raises RefusedRow.
    """
    return listing_from(_object_in(line))


def listing_from(row: dict[str, Any]) -> Listing:
    """The same from a row of a table; "language" vi or en says in which its texts are. Raises RefusedRow."""
    amount, currency = read_prize(_text_of(row, "prize", clean_line))
    opens_on, closes_on = _day_of(row, "opens"), _day_of(row, "closes")
    if opens_on and closes_on and opens_on > closes_on:
        raise RefusedRow("order")
    return Listing(
        url=_address_of(row),
        title=_line_of(row, "title"),
        agency=_line_of(row, "agency"),
        summary=_text_of(row, "summary", clean_text),
        description=_text_of(row, "description", clean_text),
        judging=_text_of(row, "judging", clean_text),
        prize_amount=amount,
        prize_currency=currency,
        opens_on=opens_on,
        closes_on=closes_on,
        language=_language_of(row),
    )


def _language_of(row: dict[str, Any]) -> str:
    said = str(row.get("language") or "en").strip().lower()
    if said not in {"vi", "en"}:
        raise RefusedRow("language", text=_quoted(said))
    return said


def read_prize(text: str) -> tuple[int | None, str | None]:
    """Amount in whole units and ISO 4217 currency: "$1,000,000 USD" is (1000000, "USD"), "" is (None, None).

    Of "up to" an amount the amount is kept. Three digits after a point or comma are thousands; a fraction of a unit
    is refused unless it is ".00". Raises RefusedRow.
    """
    if not text:
        return None, None
    found = _PRIZE.fullmatch(text) if len(text) <= LONGEST_LINE else None
    if found is None:
        raise RefusedRow("several_amounts", text=_quoted(text))
    named = {_currency(sign) for sign in (found["before"], found["after"]) if sign}
    if not named:
        raise RefusedRow("no_currency", text=_quoted(text))
    if len(named) > 1:
        raise RefusedRow("two_currencies", text=_quoted(text))
    return _units(found["figure"], text), named.pop()


def plain_text(markup: str) -> str:
    """The text that a browser would show of `markup`, each block on a line of its own."""
    apart = _BLOCK_END.sub("\n", markup)
    return html.unescape(nh3.clean(apart, tags=set(), clean_content_tags={"script", "style"}))


def _object_in(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_ROW_BYTES:
        raise RefusedRow("row_length", most=LONGEST_ROW_BYTES)
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        raise RefusedRow("not_utf8") from None
    except (ValueError, RecursionError):
        raise RefusedRow("not_json") from None
    if not isinstance(row, dict):
        raise RefusedRow("no_object")
    return row


def _text_of(row: dict[str, Any], name: str, clean: Callable[[str], str]) -> str:
    raw = row.get(name)
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise RefusedRow("not_text", name=name)
    if len(raw) > LONGEST_TEXT:
        raise RefusedRow("too_long", name=name, most=LONGEST_TEXT)
    # Cleaned first, so that no invisible letter cuts a tag in two, and again for what character references spell.
    text = clean_text(raw)
    return clean(plain_text(text) if "<" in text or "&" in text else text)


def _line_of(row: dict[str, Any], name: str) -> str:
    line = _text_of(row, name, clean_line)
    if not line:
        raise RefusedRow("empty", name=name)
    if len(line) > LONGEST_LINE:
        raise RefusedRow("too_long", name=name, most=LONGEST_LINE)
    return line


def _day_of(row: dict[str, Any], name: str) -> date | None:
    raw = row.get(name)
    if raw is None or raw == "":
        return None
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
            raise ValueError
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise RefusedRow("no_day", name=name, text=_quoted(str(raw))) from None


def _address_of(row: dict[str, Any]) -> str:
    """The address is the key of the row, so it is taken as it is or not at all."""
    raw = row.get("url")
    if not isinstance(raw, str) or not raw:
        raise RefusedRow("empty", name="url")
    if len(raw) > LONGEST_ADDRESS:
        raise RefusedRow("too_long", name="url", most=LONGEST_ADDRESS)
    try:
        parts = urlsplit(raw)
        fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        fit = False
    if not fit or not raw.isascii() or not raw.isprintable() or set(raw) & set(" \\<>\"'`"):
        raise RefusedRow("no_address", text=_quoted(raw))
    return raw


def _currency(sign: str) -> str:
    return _SYMBOLS.get(sign) or _SYMBOLS.get(sign.upper()) or _SYMBOLS.get(sign.lower()) or sign.upper()


def _units(figure: str, text: str) -> int:
    whole = _WHOLE.fullmatch(figure)
    if whole is None:
        raise RefusedRow("fraction" if _FRACTION.fullmatch(figure) else "several_amounts", text=_quoted(text))
    digits = re.sub("[.,]", "", figure.removesuffix(whole["cents"] or ""))
    if len(digits) > 16 or not 0 < int(digits) < _MOST_PRIZE:
        raise RefusedRow("amount_range", most=_MOST_PRIZE, text=_quoted(text))
    return int(digits)


def _quoted(text: str) -> str:
    shown = clean_line(text)
    return f'"{shown[:40]}…"' if len(shown) > 40 else f'"{shown}"'
