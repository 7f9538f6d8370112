"""A text as terms: folded syllables, pairs of neighbours and topics, each with the words it came from. Pure.

Syllables and pairs without diacritics find Vietnamese as well as words cut by a segmenter, typed with or
without marks. English endings may be cut because no Vietnamese syllable ends in s, ed or ing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from marketplace.relevance.concepts import VIETNAMESE, abbreviations_of, names_of
from marketplace.text import fold, nfc

TOPIC_MARK = "#"

_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"([^\W_]+)")
# What may stand between neighbours; a full stop only inside a word ("2.5"), never before a space.
_JOINERS = re.compile(r"[\s\-–/&'’_]+|\.")

Name = tuple[tuple[str, ...], str]


class Document(NamedTuple):
    """A text by its fields."""

    title: str
    tags: tuple[str, ...]
    body: str


class Word(NamedTuple):
    """A word as written, its term, and its place; neighbours' places differ by one, a pause leaves a gap."""

    surface: str
    term: str
    place: int
    begin: int
    end: int


class Term(NamedTuple):
    """A term, and which words of the text say it: from `first` up to, not including, `last`."""

    name: str
    first: int
    last: int


def words(text: str) -> list[Word]:
    """The words of an NFC text in their order; punctuation other than a hyphen or "&" is a pause."""
    parts = _APART.split(text)
    found: list[Word] = []
    place, end = 0, 0
    for gap, surface in zip(parts[::2], parts[1::2], strict=False):
        begin = end + len(gap)
        end = begin + len(surface)
        place += 1 if gap == " " or is_joined(gap) else 2
        found.append(Word(surface, stem(surface), place, begin, end))
    return found


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The folded word without its English ending, as the S-stemmer of Harman (1991) and a little more."""
    folded = fold(word)
    if len(folded) < 4 or not folded.isascii() or not folded.isalpha():
        return folded
    if folded.endswith("ies"):
        return folded[:-3] + "y"
    if folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        folded = folded[:-1]
    for ending in ("ing", "ed"):
        if folded.endswith(ending) and len(folded) - len(ending) >= 4:
            return folded[: -len(ending)]
    return folded[:-1] if folded.endswith("e") and len(folded) > 5 else folded


def is_joined(gap: str) -> bool:
    """Whether words with this between them are neighbours."""
    return gap == " " or _JOINERS.fullmatch(gap) is not None


def shouts(found: Sequence[object], text: str) -> bool:
    """Whether a text of these words is all in capitals, so that none of them is an abbreviation."""
    return len(found) > 2 and text.isupper()


def terms(text: str) -> Sequence[Term]:
    """Every term of the text where it occurs: words, pairs of neighbours, topics (marked with "#")."""
    return analysed(nfc(text))[1]


@lru_cache(maxsize=512)
def analysed(text: str) -> tuple[Sequence[Word], Sequence[Term]]:
    """The words and terms of an NFC text; kept, since who is suggested is looked at several times."""
    found = words(text)
    return tuple(found), tuple(terms_of(found, text))


def terms_of(found: list[Word], text: str) -> list[Term]:
    """The terms of an NFC text whose words are already found."""
    single = [Term(word.term, at, at + 1) for at, word in enumerate(found)]
    pairs = [
        Term(f"{left.term} {right.term}", at, at + 2)
        for at, (left, right) in enumerate(pairwise(found))
        if right.place - left.place == 1
    ]
    return single + pairs + topics_of(found, text)


def topics_of(found: list[Word], text: str) -> list[Term]:
    """The topics that an NFC text names whose words are already found."""
    return list(_topics(found, shouted=shouts(found, text)))


def _topics(found: list[Word], *, shouted: bool) -> Iterator[Term]:
    """The topics the words name, the longest name first; an abbreviation counts only as it is written.

    "AI" is artificial intelligence, "ai" is Vietnamese for "who": so a text all in capitals names
    nothing by abbreviations.
    """
    names, abbreviations = names_of_topics()
    at = 0
    while at < len(found):
        topic, length = "", 1
        if found[at].term in names:
            topic, length = _longest_name(found, at, names[found[at].term])
        if not topic and not shouted:
            topic = abbreviations.get(found[at].surface, "")
        if topic:
            yield Term(TOPIC_MARK + topic, at, at + length)
        at += length


def _longest_name(found: list[Word], at: int, candidates: Sequence[Name]) -> tuple[str, int]:
    """The first of the names, which stand longest first, that the words from `at` on spell without a pause."""
    for spoken, topic in candidates:
        length = len(spoken)
        last = found[at + length - 1] if at + length <= len(found) else None
        if last is None or last.term != spoken[-1] or last.place - found[at].place != length - 1:
            continue
        if tuple(word.term for word in found[at : at + length]) == spoken:
            return topic, length
    return "", 1


@cache
def names_of_topics() -> tuple[dict[str, list[Name]], dict[str, str]]:
    """The names of topics by their first term, longest first; the topics of abbreviations as written."""
    names: dict[str, list[Name]] = {}
    abbreviations: dict[str, str] = {}
    for topic in VIETNAMESE:
        short = [name for name in abbreviations_of(topic) if _WORD.fullmatch(name) and not _has_no_vowel(name)]
        abbreviations.update(dict.fromkeys(short, topic))
        for name in (*names_of(topic), *(name for name in abbreviations_of(topic) if name not in short)):
            spoken = tuple(word.term for word in words(nfc(name)))
            names.setdefault(spoken[0], []).append((spoken, topic))
    for candidates in names.values():
        candidates.sort(key=lambda candidate: (-len(candidate[0]), candidate))
    return names, abbreviations


def _has_no_vowel(abbreviation: str) -> bool:
    """Whether nothing else is written so, in small letters and without diacritics either: "tngt", not "ai"."""
    return len(abbreviation) >= 3 and not set(fold(abbreviation)) & set("aeiouy0123456789")
