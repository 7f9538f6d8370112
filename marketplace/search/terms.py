"""Texts as the terms that engines keep and as the strings in which scoring counts. Pure.

A term is a folded word ("nuoc"), a pair of neighbours ("nuoc_thai"), a word with its marks ("nước"), a topic of the
vocabulary ("#wastewater"), a word of the title ("title:nuoc") or a fact ("kind:challenge"). None holds a space or a
quotation mark, so none can break out of the language of an engine.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from marketplace.relevance.tokens import Word, topics_of, words
from marketplace.text import fold, nfc

EVERYTHING = "every:thing"
LONGEST_TERM = 60
# Between two words that are no neighbours; a line end parts the fields of one string.
_PAUSE = "|¦|"
_WORD = re.compile(r"[^\W_]+")

# Two styles of placing the tone mark: the older one is brought to the newer ("hòa" to "hoà").
_VOWELS = {"o": "aàáảãạ eèéẻẽẹ", "u": "yỳýỷỹỵ"}
_TONED = {"o": "oòóỏõọ", "u": "uùúủũụ"}
_TONE_STYLES = {
    _TONED[first][tone] + group[0]: first + group[tone]
    for first, groups in _VOWELS.items()
    for group in groups.split()
    for tone in range(1, 6)
}
_OLD_STYLE = re.compile("(?<!q)(" + "|".join(_TONE_STYLES) + r")(?!\w)")


@dataclass(frozen=True)
class Said:
    """What a thing says to everybody, field by field; `tags` also hold other names of it."""

    title: str
    tags: tuple[str, ...] = ()
    body: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Indexed:
    """A text ready for an engine (`terms`) and for scoring (`folded` and `exact`: title, tags and body, by lines)."""

    terms: frozenset[str]
    folded: str
    exact: str
    lengths: tuple[int, int, int]


def index(said: Said) -> Indexed:
    """The terms of a thing."""
    title, tags, body = _read([said.title]), _read(said.tags), _read([said.body])
    names = {EVERYTHING, *(fact(name, value) for name, value in said.facts.items())}
    names |= {f"title:{word.term}" for word in title.words}
    for part in (title, tags, body):
        names |= part.names
    topics = "".join(f"|{topic}|" for part in (title, tags, body) for topic in part.topics)
    return Indexed(
        terms=frozenset(name for name in names if len(name) <= LONGEST_TERM),
        folded="\n".join((title.folded, tags.folded + topics, body.folded)),
        exact="\n".join((title.exact, tags.exact, body.exact)),
        lengths=(len(title.words), len(tags.words), len(body.words)),
    )


def fact(name: str, value: str) -> str:
    """The term of a fact: one word without spaces."""
    return f"{name}:{'-'.join(_WORD.findall(fold(value)))}"[:LONGEST_TERM]


@lru_cache(maxsize=100_000)
def with_marks(word: str) -> str:
    """The word as written, small, with its tone where the newer style puts it; "" where it has no marks."""
    small = _OLD_STYLE.sub(lambda old: _TONE_STYLES[old[0]], nfc(word).casefold())
    return small if small != fold(small) else ""


def pair(left: str, right: str) -> str:
    """The term of two neighbours."""
    return f"{left}_{right}"


@dataclass(frozen=True)
class _Part:
    words: list[Word]
    topics: list[str]
    names: frozenset[str]
    folded: str
    exact: str


def _read(texts: Iterable[str]) -> _Part:
    """One field of a thing; what stands in different texts are no neighbours."""
    text = nfc("\n. ".join(text for text in texts if text))
    found = words(text)
    topics = [term.name for term in topics_of(found, text)]
    pairs = [pair(left.term, right.term) for left, right in pairwise(found) if right.place - left.place == 1]
    marked = [with_marks(word.surface) or word.term for word in found]
    return _Part(
        words=found,
        topics=topics,
        names=frozenset((*(word.term for word in found), *pairs, *marked, *topics)),
        folded=_string(found, [word.term for word in found]),
        exact=_string(found, marked),
    )


def _string(found: list[Word], names: list[str]) -> str:
    pieces: list[str] = []
    before = None
    for word, name in zip(found, names, strict=True):
        if before is not None and word.place - before != 1:
            pieces.append(_PAUSE)
        pieces.append(f"|{name}|")
        before = word.place
    return "".join(pieces)
