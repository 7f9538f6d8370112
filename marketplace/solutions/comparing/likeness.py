"""How much of one text stands in another, and where. Pure.

Containment of word shingles after A. Broder, "On the resemblance and containment of documents" (1997): the share of a
text's runs of SIZE words that also stand in the other. Words are compared without case and marks, so that a text
typed again in haste is found. It says that words agree, never why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from marketplace.text import fold, nfc

SIZE = 6
_WORD = re.compile(r"[^\W_]+")
# The hash of a run of words, 64 bits of this process: among millions of runs two different ones meet once in a million
# comparisons of whole contests, and what comes of it is a hint that somebody reads.
Shingle = int


@dataclass(frozen=True)
class Words:
    """A text with its words folded, and where each stands in it."""

    text: str
    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @cached_property
    def places(self) -> dict[Shingle, int]:
        """Where each shingle stands first."""
        found: dict[Shingle, int] = {}
        for place, shingle in enumerate(self.shingles()):
            found.setdefault(shingle, place)
        return found

    def shingles(self) -> Iterator[Shingle]:
        """Every run of SIZE words, in order."""
        return map(hash, zip(*(self.folded[start:] for start in range(SIZE)), strict=False))

    def between(self, start: int, count: int) -> str:
        """The text from one word on over so many words."""
        return self.text[self.spans[start][0] : self.spans[start + count - 1][1]]


@dataclass(frozen=True)
class Passage:
    """A stretch that both texts have, as it stands in each, and its length in words."""

    mine: str
    theirs: str
    words: int


@dataclass(frozen=True)
class Likeness:
    """The share of my shingles that they have too, in basis points, and the passages, the longest first."""

    share_bp: int
    passages: tuple[Passage, ...]


def words_of(text: str) -> Words:
    """The words of a text."""
    composed = nfc(text)
    found = list(_WORD.finditer(composed))
    return Words(composed, tuple(_folded(each.group()) for each in found), tuple(each.span() for each in found))


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """A word without case and marks; texts in Vietnamese have few different ones."""
    return fold(word)


def likeness(mine: Words, theirs: Words, *, known: frozenset[Shingle] = frozenset()) -> Likeness:
    """What of my text stands in theirs; shingles that are `known` (the challenge's own words) count for neither."""
    both = (mine.places.keys() & theirs.places.keys()) - known
    if not both:
        return Likeness(0, ())
    shared = [(place, theirs.places[shingle]) for place, shingle in enumerate(mine.shingles()) if shingle in both]
    own = mine.places.keys() - known
    passages = [_passage(mine, theirs, run) for run in _runs(shared)]
    return Likeness(10_000 * len(both) // len(own), tuple(sorted(passages, key=lambda each: -each.words)))


class Index:
    """Which of several texts hold a run of words, so that only texts that share one are compared.

    Most pairs of a contest share none: with 980 entries that saves all but some thousand of a million comparisons.
    """

    def __init__(self, texts: Sequence[Words], *, known: frozenset[Shingle] = frozenset()):
        self.texts, self.known = texts, known
        self._holders: dict[Shingle, list[int]] = {}
        for number, text in enumerate(texts):
            for shingle in text.places.keys() - known:
                self._holders.setdefault(shingle, []).append(number)

    def alike(self, theirs: Words) -> Iterator[tuple[int, Likeness]]:
        """The number of each text that shares a run with theirs, in order, and how much of it stands there."""
        for number in sorted({number for shingle in theirs.places for number in self._holders.get(shingle, ())}):
            yield number, likeness(self.texts[number], theirs, known=self.known)


def _runs(shared: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Shingles that follow each other in both texts, together."""
    run = [shared[0]]
    for (mine, theirs), after in pairwise(shared):
        if after == (mine + 1, theirs + 1):
            run.append(after)
        else:
            yield run
            run = [after]
    yield run


def _passage(mine: Words, theirs: Words, run: list[tuple[int, int]]) -> Passage:
    (my_start, their_start), count = run[0], len(run) + SIZE - 1
    return Passage(mine.between(my_start, count), theirs.between(their_start, count), count)
