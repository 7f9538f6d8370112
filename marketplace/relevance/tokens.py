"""A text as terms: folded syllables, pairs of neighbours and topics, each with the words it came from. Pure.

Syllables and pairs without diacritics find Vietnamese as well as words cut by a segmenter, typed with or
without marks. English endings may be cut because no Vietnamese syllable ends in s, ed or ing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, compress, count, pairwise
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


@lru_cache(maxsize=512)
def terms(text: str) -> Sequence[Term]:
    """Every term of the text where it occurs: words, pairs of neighbours, topics (marked with "#")."""
    cut = cut_of(nfc(text))
    single = [Term(stem, at, at + 1) for at, stem in enumerate(cut.stems)]
    return (*single, *(Term(pair, at, at + 2) for at, pair in cut.pairs()), *cut.topics)


def names_in(text: str) -> frozenset[str]:
    """The names of all terms of the text."""
    return frozenset(every_name(text))


def every_name(text: str) -> list[str]:
    """The name of every term of the text, as often as it occurs."""
    cut = cut_of(nfc(text))
    return [*cut.stems, *(pair for _, pair in cut.pairs()), *(topic.name for topic in cut.topics)]


class Cut(NamedTuple):
    """A text cut into words: each as written, its term, and whether it is a neighbour of the one before.

    Word `n` stands from `ends[2 * n]` up to `ends[2 * n + 1]`.
    """

    surfaces: list[str]
    stems: list[str]
    joined: list[bool]
    ends: list[int]
    topics: list[Term]

    def span(self, first: int, last: int) -> slice:
        """Where the words from `first` up to, not including, `last` stand in the text."""
        return slice(self.ends[2 * first], self.ends[2 * last - 1])

    def pairs(self) -> list[tuple[int, str]]:
        """Each pair of neighbours with the place of its first word."""
        both = zip(self.stems, self.stems[1:], self.joined[1:], strict=False)
        return [(at, f"{left} {right}") for at, (left, right, joined) in enumerate(both) if joined]


@lru_cache(maxsize=512)
def cut_of(text: str) -> Cut:
    """An NFC text cut into words; kept, since who is suggested is looked at several times."""
    parts = _APART.split(text)
    surfaces, stems = parts[1::2], [stem(word) for word in parts[1::2]]
    joined = [gap == " " or is_joined(gap) for gap in parts[:-1:2]]
    topics = list(_topics(surfaces, stems, joined, shouted=shouts(surfaces, text)))
    return Cut(surfaces, stems, joined, list(accumulate(map(len, parts))), topics)


def terms_of(found: Sequence[Word], text: str) -> list[Term]:
    """The terms of an NFC text whose words are already found."""
    single = [Term(word.term, at, at + 1) for at, word in enumerate(found)]
    pairs = [
        Term(f"{left.term} {right.term}", at, at + 2)
        for at, (left, right) in enumerate(pairwise(found))
        if right.place - left.place == 1
    ]
    return [*single, *pairs, *topics_of(found, text)]


def topics_of(found: Sequence[Word], text: str) -> list[Term]:
    """The topics that an NFC text names whose words are already found."""
    joined = [False, *(right.place - left.place == 1 for left, right in pairwise(found))]
    surfaces, stems = [word.surface for word in found], [word.term for word in found]
    return list(_topics(surfaces, stems, joined, shouted=shouts(found, text)))


def _topics(surfaces: Sequence[str], stems: Sequence[str], joined: Sequence[bool], *, shouted: bool) -> Iterator[Term]:
    """The topics the words name, the longest name first; an abbreviation counts only as it is written.

    "AI" is artificial intelligence, "ai" is Vietnamese for "who": so a text all in capitals names
    nothing by abbreviations.
    """
    names, abbreviations = names_of_topics()
    if names.keys().isdisjoint(stems) and abbreviations.keys().isdisjoint(surfaces):
        return
    free = 0
    named = compress(count(), map(names.__contains__, stems))
    for at in sorted({*named, *compress(count(), map(abbreviations.__contains__, surfaces))}):
        if at < free:
            continue
        topic, length = "", 1
        if stems[at] in names:
            topic, length = _longest_name(stems, joined, at, names[stems[at]])
        if not topic and not shouted:
            topic = abbreviations.get(surfaces[at], "")
        if topic:
            yield Term(TOPIC_MARK + topic, at, at + length)
        free = at + length


def _longest_name(stems: Sequence[str], joined: Sequence[bool], at: int, candidates: Sequence[Name]) -> tuple[str, int]:
    """The first of the names, which stand longest first, that the words from `at` on spell without a pause."""
    for spoken, topic in candidates:
        end = at + len(spoken)
        if tuple(stems[at:end]) == spoken and all(joined[at + 1 : end]):
            return topic, len(spoken)
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
