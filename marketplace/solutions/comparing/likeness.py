"""How much of one text stands in another, and where. Pure.

Containment of word shingles after A. Broder, "On the resemblance and containment of documents" (1997): the share of a
text's runs of SIZE words that also stand in the other. Words are compared without case and marks, so that a text
typed again in haste is found. It says that words agree, never why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from marketplace.text import fold, nfc

SIZE = 6
_WORD = re.compile(r"[^\W_]+")
Shingle = tuple[str, ...]


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
        return (self.folded[start : start + SIZE] for start in range(len(self.folded) - SIZE + 1))

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
