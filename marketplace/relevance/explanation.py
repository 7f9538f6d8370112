"""Why a piece of evidence answers a question: the phrases it shares with it, and the share of each. Pure.

A BM25F score is a sum over terms, so the shares are exact, not an estimate.
"""

import math
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from marketplace.relevance.tokens import Cut, Document, Term, cut_of
from marketplace.text import fold, nfc

_LONGEST_PHRASE = 6


@dataclass(frozen=True)
class TermShare:
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


def phrases_of(document: Document, wanted: Container[str]) -> dict[str, Phrase]:
    """The wanted terms that a document holds, each with the longest phrase that it is part of.

    Terms that overlap in the text are one phrase: "xử lý", "lý nước" and "nước" are "xử lý nước".
    """
    phrases: dict[str, Phrase] = {}
    for name, phrase in _occurrences(document, wanted):
        if name not in phrases or phrase.length > phrases[name].length:
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


def _occurrences(document: Document, wanted: Container[str]) -> Iterator[tuple[str, Phrase]]:
    """Each wanted term with each phrase of the document that holds it."""
    for field in (document.title, *document.tags, document.body):
        text = nfc(field)
        cut = cut_of(text)
        for first, last, within in _runs(_spans(cut, wanted)):
            phrase = Phrase(last - first, " ".join(text[cut.spans[first][0] : cut.spans[last - 1][1]].split()))
            for term in within:
                yield term.name, phrase


def _spans(cut: Cut, wanted: Container[str]) -> list[Term]:
    """The wanted terms of a text in the order of their places."""
    single = [Term(stem, at, at + 1) for at, stem in enumerate(cut.stems) if stem in wanted]
    pairs = [Term(pair, at, at + 2) for at, pair in cut.pairs() if pair in wanted]
    return sorted([*single, *pairs, *(topic for topic in cut.topics if topic.name in wanted)], key=itemgetter(1, 2))


def _runs(spans: list[Term]) -> Iterator[tuple[int, int, list[Term]]]:
    """Overlapping spans together, as first word, end and terms; cut where a phrase grows too long to read."""
    first, last, within = 0, 0, list[Term]()
    for term in spans:
        if within and (term.first >= last or term.last - first > _LONGEST_PHRASE):
            yield first, last, within
            within = []
        if not within:
            first, last = term.first, term.last
        last = max(last, term.last)
        within.append(term)
    if within:
        yield first, last, within
