"""The answer of an index to one question: everybody's score, and lists of the best with their reasons. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from marketplace.relevance.explanation import ItemMatch, Match, TermShare, phrases_of, share_out
from marketplace.relevance.standing import Ceilings, descending
from marketplace.relevance.tokens import Document
from marketplace.relevance.weighing import Weighing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from marketplace.relevance.index import Index

SHOWN_ITEMS = 3
# No more owners are explained at once.
_AT_ONCE = 64
# Sums in single precision are wrong by less than this share, and scores are rounded by less than this.
_WRONG_BY, _ROUNDED_BY = 2e-6, 1e-7


@dataclass(frozen=True)
class Query:
    """What is asked for: the title, tags and text of a problem, or only some of them."""

    title: str = ""
    tags: Sequence[str] = ()
    body: str = ""

    @property
    def text(self) -> Document:
        return Document(self.title, tuple(self.tags), self.body)


class Ranked(NamedTuple):
    """An owner, the score from 0 to 1, and the place among the index's owners."""

    owner_id: int
    score: float
    place: int


@dataclass(frozen=True)
class _Owner:
    """What is known of an owner: the score, that of the best item, and of each item with its number its own.

    The last word on an item is whether it shares words with the question: others cannot be explained, and an owner
    without one that does has no reason to show, so both scores are 0.
    """

    value: float
    highest: float
    items: Sequence[tuple[int, float, bool]]


class Answer:
    """What an index says to one question. Scores are worked out as far as lists are read, and so are reasons."""

    def __init__(self, index: "Index", weighing: Weighing):
        self._index, self._weighing = index, weighing
        # by place of an owner what is known so far, and the best items with their reasons
        self._known: dict[int, _Owner] = {}
        self._shown: dict[int, tuple[ItemMatch, ...]] = {}

    def best(self, among: "NDArray[np.bool_] | None" = None, *, expected: int = 1) -> Iterator[Match]:
        """Owners who share words with the question, the best first, of all or `among` those places of `index.owners`.

        Quickest for who reads as many as `expected`.
        The score is 1 - exp(-sqrt(t)), t the sum of patience ** n times the square of the n-th best item's score.
        """
        return self.explained(self.ranked(among), expected=expected)

    def best_newcomers(self, among: "NDArray[np.bool_]", *, expected: int = 1) -> Iterator[Match]:
        """The same by each one's single best item."""
        return self.explained(self.ranked_newcomers(among), expected=expected)

    def ranked(self, among: "NDArray[np.bool_] | None" = None) -> Iterator[Ranked]:
        """The owners of best() without their reasons, for those who leave some out."""
        return self._ranked(self._ceilings, among, "value")

    def ranked_newcomers(self, among: "NDArray[np.bool_]") -> Iterator[Ranked]:
        """The owners of best_newcomers() without their reasons."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        if not len(self._index.owners):
            return iter(())
        # The highest of some numbers is not above the 8th root of the sum of their 8th powers, and hardly below.
        total = self._summed(np.square(np.square(self._squares)))
        ceilings = Ceilings(total, value=lambda some: _above(some**0.125))
        return self._ranked(ceilings, among, "highest")

    def explained(self, ranked: Iterable[Ranked], *, expected: int = 1) -> Iterator[Match]:
        """Reasons for owners that this answer has ranked: first for as many as are `expected` to be read."""
        size, ranked = min(max(expected, 1), _AT_ONCE), iter(ranked)
        while some := list(islice(ranked, size)):
            size = 1
            self._explain([each.place for each in some if each.place not in self._shown])
            yield from (Match(each.owner_id, each.score, self._shown[each.place]) for each in some)

    def of(self, owner_ids: Collection[int]) -> Iterator[Match]:
        """The same for these owners, in ascending order: quicker than best() for who knows whom they ask about."""
        import numpy as np  # noqa: PLC0415

        places = np.flatnonzero(self._index.places_of(owner_ids)).tolist()
        self._learn([place for place in places if place not in self._known])
        said = [place for place in places if self._known[place].value > 0]
        self._explain([place for place in said if place not in self._shown])
        for place in said:
            yield Match(int(self._index.owners[place]), self._known[place].value, self._shown[place])

    @cached_property
    def values(self) -> "NDArray[np.float64]":
        """Every owner's score, 0 to 1, by place."""
        return self._values_of(self._items, self._index.starts)

    @property
    def sharing(self) -> "NDArray[np.float64]":
        """By place the scores of the owners who share words with the question, 0 for all others."""
        return self.values * (self._index.items_by_owner @ self._weighing.words > 0)

    @property
    def _items(self) -> "NDArray[np.float64]":
        """Every item's score, 0 to 1."""
        import numpy as np  # noqa: PLC0415

        return self._weighing.exact(np.arange(len(self._weighing.words)))[self._index.document_of_item]

    @cached_property
    def _ceilings(self) -> Ceilings:
        """By place a score that the owner's is not above: as if every item counted as much as the best."""
        import numpy as np  # noqa: PLC0415

        squares = self._summed(self._squares)
        return Ceilings(squares, value=lambda some: _above(-np.expm1(-np.sqrt(some))))

    @cached_property
    def _squares(self) -> "NDArray[np.float64]":
        """By document the square of a score that its own is not above."""
        import numpy as np  # noqa: PLC0415

        return np.square(self._weighing.ceilings, dtype=np.float64)

    def _summed(self, by_document: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """By place the sum over the owner's items."""
        return self._index.items_by_owner @ by_document

    def _ranked(self, ceilings: Ceilings, among: "NDArray[np.bool_] | None", what: str) -> Iterator[Ranked]:
        found = descending(ceilings, lambda places: self._exactly(places, what), among)
        return (Ranked(int(self._index.owners[place]), value, place) for place, value in found)

    def _exactly(self, places: "NDArray[np.int64]", what: str) -> "NDArray[np.float64]":
        """By place the "value" or the "highest" of each owner."""
        import numpy as np  # noqa: PLC0415

        self._learn([place for place in places.tolist() if place not in self._known])
        return np.array([getattr(self._known[place], what) for place in places.tolist()])

    def _learn(self, places: Sequence[int]) -> None:
        import numpy as np  # noqa: PLC0415

        if not places:
            return
        begins, ends = self._index.starts[np.array(places)], self._index.starts[np.array(places) + 1]
        items = np.concatenate([np.arange(*span) for span in zip(begins.tolist(), ends.tolist(), strict=True)])
        documents = self._index.document_of_item[items]
        scores = self._weighing.exact(documents)
        starts = np.concatenate([[0], np.cumsum(ends - begins)])
        says = self._weighing.words[documents] > 0
        can_be_shown = np.logical_or.reduceat(says, starts[:-1])
        values = np.where(can_be_shown, self._values_of(scores, starts), 0)
        highest = np.where(can_be_shown, np.round(np.maximum.reduceat(scores, starts[:-1]), 7), 0)
        rows = list(zip(items.tolist(), scores.tolist(), says.tolist(), strict=True))
        for at, place in enumerate(places):
            self._known[place] = _Owner(float(values[at]), float(highest[at]), rows[starts[at] : starts[at + 1]])

    def _values_of(self, scores: "NDArray[np.float64]", starts: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """By owner, who has the items from `starts[n]` up to `starts[n + 1]`, what their scores come to."""
        import numpy as np  # noqa: PLC0415

        counts = np.diff(starts)
        if not len(scores):
            return np.zeros(len(counts))
        owners = np.repeat(np.arange(len(counts)), counts)
        ordered = scores[np.lexsort((-scores, owners))]
        nth = np.arange(len(scores)) - np.repeat(starts[:-1], counts)
        total = np.add.reduceat(ordered**2 * self._weighing.weights.patience**nth, starts[:-1])
        # Rounded, so that the last bits of a processor decide no order.
        return np.round(-np.expm1(-np.sqrt(total)), 7).astype(np.float64)

    def _explain(self, places: Sequence[int]) -> None:
        """Keep the best items of these owners with their reasons."""
        index = self._index
        best = {place: self._best_items(place) for place in places}
        shares = self._shares(sorted({int(index.document_of_item[item]) for own in best.values() for item, _ in own}))
        for place, own in best.items():
            self._shown[place] = tuple(
                ItemMatch(index.item_ids[item], score, shares[int(index.document_of_item[item])]) for item, score in own
            )

    def _best_items(self, place: int) -> list[tuple[int, float]]:
        """An owner's best items among those that share words with the question: only these can be explained."""
        said = [(item, score) for item, score, says in self._known[place].items if says]
        return sorted(said, key=lambda each: (-each[1], each[0]))[:SHOWN_ITEMS]

    def _shares(self, documents: Sequence[int]) -> dict[int, tuple[TermShare, ...]]:
        """By document its phrases and their shares."""
        found: dict[int, tuple[TermShare, ...]] = {}
        question, begin = self._weighing.question, 0
        for segment, asked in zip(self._index.segments, self._weighing.asked, strict=True):
            end = begin + len(segment.documents)
            own = [number - begin for number in documents if begin <= number < end]
            phrases = {number: phrases_of(segment.documents[number], question.names) for number in own}
            gains = segment.postings.contributions(asked, {number: list(phrases[number]) for number in own})
            found |= {begin + number: share_out(phrases[number], gains[number]) for number in own}
            begin = end
        return found


def _above(values: "NDArray[np.floating]") -> "NDArray[np.float64]":
    """Values in single precision as what the exact and rounded ones are not above."""
    return values.astype("float64") * (1 + _WRONG_BY) + _ROUNDED_BY
