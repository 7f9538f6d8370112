"""Text as people here write it: cleaning, folding, Vietnamese order, money, days and numbers. Pure."""

import json
import re
import secrets
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

# Code points that XML, and with it feeds, letters and spreadsheets, cannot carry.
_NONCHARACTERS = "\ufffe\uffff"
_UNSEEN = {"Cc", "Cf", "Cs"}
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# Vietnamese files hold the Icelandic eth by mistake; it looks like đ and stands for it.
_STROKES = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# 33 letters fit the 33 code points from "A" to "a": after space and digits, before any other script.
_LETTER_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def nfc(text: str) -> str:
    """The text with each accented letter as one code point, the only form we store and compare."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """One line fit to store: NFC, single spaces, no invisible letters (controls, bidi, surrogates)."""
    shown = text.translate(dict.fromkeys(_hidden(text, kept=str.isspace)))
    return nfc(" ".join(shown.split()))


def clean_text(text: str) -> str:
    """Several lines fit to store: as `clean_line`, but newlines (as \\n), tabs and inner spaces stay."""
    with_newlines = _LINE_ENDS.sub("\n", text)
    shown = with_newlines.translate(dict.fromkeys(_hidden(with_newlines, kept="\n\t".__contains__)))
    return nfc("\n".join(line.rstrip() for line in shown.split("\n")).strip("\n"))


def _hidden(text: str, *, kept: Callable[[str], bool]) -> list[int]:
    """The code points of a text that nobody sees; each different letter is looked up once."""
    hidden = [each for each in set(text) if unicodedata.category(each) in _UNSEEN or each in _NONCHARACTERS]
    return [ord(each) for each in hidden if not kept(each)]


def fold(text: str) -> str:
    """The text without case and marks, as people type in haste: "Đà Nẵng" gives "da nang".

    SQLite and `unicodedata` leave đ alone, hence the table.
    """
    if text.isascii():
        return text.casefold()
    plain = nfc(text).casefold().translate(_STROKES)
    marks_apart = unicodedata.normalize("NFD", plain)
    return nfc("".join(letter for letter in marks_apart if not unicodedata.combining(letter)))


def slugify(text: str, max_length: int = 80) -> str:
    """ASCII words joined by hyphens, cut at a word where one fits; "" where no letter or digit is left."""
    slug = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(slug) <= max_length:
        return slug
    whole_words, _, _ = slug[: max_length + 1].rpartition("-")
    return whole_words or slug[:max_length]


def sort_key(text: str) -> str:
    """A key that puts Vietnamese in dictionary order when compared by code point (`COLLATE "C"`).

    First the letters of the whole text (a < ă < â < b ... d < đ), punctuation as a space; then the
    tones: none, huyền, hỏi, ngã, sắc, nặng (CLDR collation vi). Equal but for case gives equal keys.
    """
    letters, tones = [], []
    for cluster in _clusters(" ".join(re.findall(r"[^\W_]+", nfc(text).casefold().replace("ð", "đ")))):
        letter, tone = _letter_and_tone(cluster)
        letters.append(letter)
        tones.append(tone)
    return "".join(letters) + "\t" + "".join(tones).rstrip("0")


def _clusters(text: str) -> list[str]:
    """Each base letter together with the marks upon it, decomposed."""
    clusters: list[str] = []
    for letter in unicodedata.normalize("NFD", text):
        if clusters and unicodedata.combining(letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _letter_and_tone(cluster: str) -> tuple[str, str]:
    base, marks = cluster[0], cluster[1:]
    shaped = nfc(base + "".join(mark for mark in marks if mark not in _TONE_RANK))
    tone = next((_TONE_RANK[mark] for mark in marks if mark in _TONE_RANK), "0")
    return _LETTER_RANK.get(shaped) or _LETTER_RANK.get(base, base), tone


def money(amount: int, currency: str = "VND", language: str = "vi") -> str:
    """An amount in whole units of its currency: "40.000.000 đồng" or "VND 40,000,000"."""
    figure = format_number(amount, language)
    if language != "vi":
        return f"{currency} {figure}"
    return f"{figure} đồng" if currency == "VND" else f"{figure} {currency}"


def format_number(number: int | Decimal, language: str = "vi") -> str:
    """The number in groups of three, all its decimals kept: "1.234,5" in Vietnamese, "1,234.5" in English."""
    english = f"{number:,}" if isinstance(number, int) else f"{number:,f}"
    return english.translate(str.maketrans(",.", ".,")) if language == "vi" else english


def parse_decimal(text: str, language: str = "vi") -> Decimal:
    """The number somebody typed, decimal comma and decimal point both welcome: "8,5" and "8.5".

    Raises ValueError for all that is not plainly one number, and for a text that the reader's language
    takes for thousands and the other for decimals ("1.234" in Vietnamese, "1,234" in English).
    """
    typed = text.strip()
    if len(typed) > 40 or not re.fullmatch(r"-?[0-9]+([.,][0-9]+)*", typed):
        raise ValueError("not a number")
    marks = re.sub("[^.,]", "", typed)
    thousands_mark = "." if language == "vi" else ","
    if re.fullmatch(rf"-?[1-9][0-9]{{0,2}}[{thousands_mark}][0-9]{{3}}", typed):
        raise ValueError("thousands or decimals")
    decimal_mark = marks[-1:] if marks.count(marks[-1:]) == 1 else ""
    whole, _, decimals = typed.rpartition(decimal_mark) if decimal_mark else (typed, "", "")
    return Decimal(f"{_ungrouped(whole)}.{decimals}")


def _ungrouped(whole: str) -> str:
    """The digits of a whole number written plain or in groups of three by one and the same mark."""
    if not re.fullmatch(r"-?([0-9]+|[1-9][0-9]{0,2}(([.,])[0-9]{3})(\3[0-9]{3})*)", whole):
        raise ValueError("not a number")
    return re.sub("[.,]", "", whole)


def format_day(moment: datetime | date, language: str = "vi") -> str:
    """The day in Hanoi as dd/MM/yyyy, in both languages."""
    day = _hanoi_day(moment)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_long_day(moment: datetime | date, language: str = "vi") -> str:
    """The day in Hanoi in words: "ngày 05 tháng 02 năm 2026" as Decree 30/2020 writes it, or "5 Feb 2026"."""
    day = _hanoi_day(moment)
    if language != "vi":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"
    # The decree pads days below ten and the first two months, so that nobody can add a digit before them.
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year:04}"


def format_moment(moment: datetime, language: str = "vi") -> str:
    """Time and day in Hanoi: "17:00 ngày 21/11/2026 (giờ Hà Nội)" or "17:00 on 21 Nov 2026 (Hanoi time)"."""
    local = _in_hanoi(moment)
    if language == "vi":
        return f"{local:%H:%M} ngày {format_day(local.date())} (giờ Hà Nội)"
    return f"{local:%H:%M} on {format_long_day(local.date(), 'en')} (Hanoi time)"


def weekday_name(moment: datetime | date, language: str = "vi") -> str:
    """The weekday in Hanoi: "Thứ Hai" to "Chủ Nhật", or "Monday" to "Sunday"."""
    return _WEEKDAYS["vi" if language == "vi" else "en"][_hanoi_day(moment).weekday()]


def _hanoi_day(moment: datetime | date) -> date:
    return _in_hanoi(moment).date() if isinstance(moment, datetime) else moment


def _in_hanoi(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(HANOI)


def file_name(text: str, max_length: int = 150) -> str:
    """A name to show for an uploaded file: no folders, nothing invisible, extension kept, never empty."""
    last_part = re.split(r"[/\\]", clean_line(text))[-1]
    name = re.sub(r'[<>:"|?*]', "_", last_part).strip(" .") or "file"
    stem, dot, extension = name.rpartition(".")
    if len(name) <= max_length:
        return name
    if not dot or not re.fullmatch("[A-Za-z0-9]{1,10}", extension):
        return name[:max_length].rstrip(" .")
    return stem[: max_length - len(extension) - 1].rstrip(" .") + dot + extension


def random_reference(prefix: str, length: int = 8) -> str:
    """A public name nobody can guess, such as "BT-7K3M9QXZ": Crockford's base 32, without I, L, O and U."""
    return prefix + "-" + "".join(secrets.choice(_CROCKFORD) for _ in range(length))


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


# What its encode() makes anew for each text, made once: half of what verifying the journal costs is writing such texts.
_ENCODE = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
    None, _CANONICAL.default, json.encoder.encode_basestring, None, ":", ",", True, False, True
)


def canonical_json(content: Any) -> bytes:
    """One way to write it: UTF-8, keys sorted, no spaces; so that everybody computes the same hash."""
    return canonical_text(content).encode()


def canonical_text(content: Any) -> str:
    """The same before it is encoded in UTF-8."""
    return "".join(_ENCODE(content, 0))
