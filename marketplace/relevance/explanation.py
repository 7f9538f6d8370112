"""Why a piece of evidence answers a question: the phrases it shares with it, and the share of each. Pure.

A BM25F score is a sum over terms, so the shares are exact, not an estimate.
"""

import math
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from marketplace.relevance.tokens import Cut, Document, cut_of
from marketplace.text import fold, nfc

_LONGEST_PHRASE = 6


class TermShare(NamedTuple):
    """A phrase as the evidence spells it, and its share of the item's score, 0 to 1."""

    term: str
    share: float


@dataclass(frozen=True)
class ItemMatch:
    """A piece of evidence, its score from 0 to 1, and the phrases that made it; their shares add up to 1."""

    item_id: str
    score: float
    terms: tuple[TermShare, ...]


@dataclass(frozen=True)
class Match:
    """An owner, the score from 0 to 1, and the best pieces of evidence for it, the best first."""

    owner_id: int
    score: float
    items: tuple[ItemMatch, ...]


class Phrase(NamedTuple):
    """Words of a document next to each other: how many, and as it spells them."""

    length: int
    surface: str


def phrases_of(document: Document, wanted: Set[str]) -> dict[str, Phrase]:
    """The wanted terms that a document holds, each with the longest phrase that it is part of.

    Who wants a pair wants its words, as every question does. Terms that overlap in the text are one phrase: "xử lý",
    "lý nước" and "nước" are "xử lý nước".
    """
    phrases: dict[str, Phrase] = {}
    for phrase, names in _occurrences(document, wanted):
        for name in names:
            known = phrases.get(name)
            if known is None or phrase.length > known.length:
                phrases[name] = phrase
    return phrases


def share_out(phrases: Mapping[str, Phrase], contributions: Mapping[str, float]) -> tuple[TermShare, ...]:
    """What each phrase of a document gave, the largest first, from what each of its terms gave."""
    spellings: dict[str, str] = {}
    gains: dict[str, list[float]] = {}
    for name, gain in contributions.items():
        key = _folded(phrases[name].surface)
        spellings.setdefault(key, phrases[name].surface)
        gains.setdefault(key, []).append(gain)
    total = math.fsum(contributions.values())
    shares = [TermShare(spellings[key], math.fsum(gains[key]) / total) for key in spellings]
    return tuple(sorted(shares, key=lambda share: (-share.share, share.term)))


@lru_cache(maxsize=20_000)
def _folded(phrase: str) -> str:
    return fold(phrase)


def _occurrences(document: Document, wanted: Set[str]) -> Iterator[tuple[Phrase, list[str]]]:
    """Each phrase of the document that holds wanted terms, with these."""
    for field in filter(None, (document.title, *document.tags, document.body)):
        text = nfc(field)
        cut = cut_of(text)
        for first, last, within in _runs(_spans(cut, wanted)):
            surface = " ".join(text[cut.span(first, last)].split())
            yield Phrase(last - first, surface), within


def _spans(cut: Cut, wanted: Set[str]) -> list[tuple[str, int, int]]:
    """The wanted terms of a text in the order of their places, as tokens.Term says them."""
    stems, joined = cut.stems, cut.joined
    held = [*map(wanted.__contains__, stems), False]
    found = []
    for at, stem in enumerate(stems):
        if held[at]:
            found.append((stem, at, at + 1))
            if held[at + 1] and joined[at + 1] and (pair := f"{stem} {stems[at + 1]}") in wanted:
                found.append((pair, at, at + 2))
    topics = [topic for topic in cut.topics if topic.name in wanted]
    return sorted([*found, *topics], key=itemgetter(1, 2)) if topics else found


def _runs(spans: list[tuple[str, int, int]]) -> Iterator[tuple[int, int, list[str]]]:
    """Overlapping spans together, as first word, end and terms; cut where a phrase grows too long to read."""
    first, last, within = 0, 0, list[str]()
    for name, begin, end in spans:
        if within and (begin >= last or end - first > _LONGEST_PHRASE):
            yield first, last, within
            within = []
        if not within:
            first, last = begin, end
        last = max(last, end)
        within.append(name)
    if within:
        yield first, last, within
