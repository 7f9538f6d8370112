"""The passage of a text that answers a query best, with what was found marked. Pure."""

from collections.abc import Collection
from typing import NamedTuple

from marketplace.relevance.tokens import TOPIC_MARK, Word, topics_of, words
from marketplace.text import nfc

WORDS_SHOWN = 36


class Piece(NamedTuple):
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    is_found: bool


def marked(text: str, wanted: Collection[str]) -> list[Piece]:
    """The whole text with the wanted terms marked, words and topics alike."""
    composed = nfc(text)
    found = words(composed)
    return _pieces(composed, found, _hits(composed, found, wanted))


def passage(text: str, wanted: Collection[str]) -> list[Piece]:
    """About WORDS_SHOWN words around the place where most different wanted words stand together; the first such."""
    composed = nfc(" ".join(text.split()))
    found = words(composed)
    hits = _hits(composed, found, wanted)
    first = _best_start(found, hits)
    last = min(len(found), first + WORDS_SHOWN)
    if not found:
        return [Piece(composed[:200], False)] if composed else []
    begin = found[first].begin if first else 0
    end = found[last - 1].end if last < len(found) else len(composed)
    pieces = _pieces(composed[:end], found, {at for at in hits if first <= at < last}, begin=begin)
    return [*([Piece("… ", False)] if first else []), *pieces, *([Piece(" …", False)] if last < len(found) else [])]


def _hits(text: str, found: list[Word], wanted: Collection[str]) -> set[int]:
    """The places of words that are wanted, or that name a wanted topic."""
    hits = {at for at, word in enumerate(found) if word.term in wanted}
    if any(term.startswith(TOPIC_MARK) for term in wanted):
        for topic in topics_of(found, text):
            if topic.name in wanted:
                hits.update(range(topic.first, topic.last))
    return hits


def _best_start(found: list[Word], hits: set[int]) -> int:
    """Where a window of WORDS_SHOWN words begins that holds most different hits; some words stand before the first."""
    best, start = 0, 0
    for at in sorted(hits):
        held = len({found[other].term for other in hits if at <= other < at + WORDS_SHOWN - 6})
        if held > best:
            best, start = held, max(0, at - 6)
    return start


def _pieces(text: str, found: list[Word], hits: set[int], *, begin: int = 0) -> list[Piece]:
    """The text from `begin` cut where marking begins and ends; neighbours that are both found are one piece."""
    pieces: list[Piece] = []
    at = begin
    for place in sorted(hits):
        word = found[place]
        if pieces and pieces[-1].is_found and place - 1 in hits and text[at : word.begin].isspace():
            pieces[-1] = Piece(pieces[-1].text + text[at : word.end], True)
        else:
            pieces += [Piece(text[at : word.begin], False), Piece(text[word.begin : word.end], True)]
        at = word.end
    return [piece for piece in [*pieces, Piece(text[at:], False)] if piece.text]
