"""The answer of an index to one question: everybody's score, and lists of the best with their reasons. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from marketplace.relevance.bm25 import Asked, Question
from marketplace.relevance.explanation import ItemMatch, Match, TermShare, phrases_of, share_out
from marketplace.relevance.latent import direction
from marketplace.relevance.tokens import Document
from marketplace.relevance.vectors import joined, nearness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from marketplace.relevance.index import Index

# An item's score: shared words (BM25F as a share of the question's own score), latent semantics and, with the extra
# `semantic`, sentence vectors (cosines), weighted so that each spreads items about equally. An owner's: squares of the
# items' scores, so that near ones count most, each worth a little less than the one before. These four numbers were
# chosen over all development sets together (docs/matching.md).
WORDS_WEIGHT, LATENT_WEIGHT, VECTOR_WEIGHT = 2.0, 1.0, 4.0
PATIENCE = 0.95
SHOWN_ITEMS = 3
# Only so many of the best items are added up: the squares of all others together change nothing.
_COUNTED = 20_000
# So many owners are explained at once, after the first few.
_AT_ONCE = 8


@dataclass(frozen=True)
class Query:
    """What is asked for: the title, tags and text of a problem, or only some of them."""

    title: str = ""
    tags: Sequence[str] = ()
    body: str = ""

    @property
    def text(self) -> Document:
        return Document(self.title, tuple(self.tags), self.body)


class Answer:
    """What an index says to one question. Scores are worked out once, reasons as lists are read."""

    def __init__(self, index: "Index", query: Query):
        self._index, self._question = index, Question(query.text)
        # by place of an owner the best items with their reasons, as far as somebody asked for them
        self._shown: dict[int, tuple[ItemMatch, ...]] = {}

    def best(self, among: "NDArray[np.bool_] | None" = None) -> Iterator[Match]:
        """Owners who share words with the question, the best first, of all or `among` those places of `index.owners`.

        The score is 1 - exp(-sqrt(t)), t the sum of PATIENCE ** n times the square of the n-th best item's score.
        """
        return self._explained(self.values, among)

    def best_newcomers(self, among: "NDArray[np.bool_]") -> Iterator[Match]:
        """The same by each one's single best item."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        if not len(self._index.owners):
            return iter(())
        highest = np.maximum.reduceat(self._items, self._index.starts[:-1])
        return self._explained(np.round(highest, 7).astype(np.float64), among)

    @cached_property
    def values(self) -> "NDArray[np.float64]":
        """Every owner's score, 0 to 1, by place."""
        import numpy as np  # noqa: PLC0415

        scores, owners = self._items, self._index.owner_of_item
        if len(scores) > _COUNTED:
            counted = np.flatnonzero(scores >= np.partition(scores, -_COUNTED)[-_COUNTED])
            scores, owners = scores[counted], owners[counted]
        order = np.lexsort((-scores, owners))
        scores, owners = scores[order], owners[order]
        begins = np.flatnonzero(np.diff(owners, prepend=-1))
        nth = np.arange(len(scores)) - np.repeat(begins, np.diff(begins, append=len(scores)))
        total = np.add.reduceat(scores**2 * PATIENCE**nth, begins) if len(begins) else scores
        values = np.zeros(len(self._index.owners))
        # Rounded, so that the last bits of a processor decide no order.
        values[owners[begins]] = np.round(-np.expm1(-np.sqrt(total)), 7)
        return values

    @property
    def sharing(self) -> dict[int, float]:
        """The scores of the owners who share words with the question, without their reasons: fast."""
        if not len(self._index.owners):
            return {}
        places = self._said.nonzero()[0]
        return dict(zip(self._index.owners[places].tolist(), self.values[places].tolist(), strict=True))

    @cached_property
    def _words(self) -> "NDArray[np.float64]":
        """By document what the shared words give."""
        import numpy as np  # noqa: PLC0415

        said = zip(self._index.segments, self._asked, strict=True)
        return np.concatenate([segment.postings.score(asked) for segment, asked in said])

    @cached_property
    def _asked(self) -> list[Asked]:
        """By segment the terms of the question that it knows."""
        return [segment.postings.asked(self._question) for segment in self._index.segments]

    @cached_property
    def _items(self) -> "NDArray[np.float64]":
        """Every item's score, 0 to 1."""
        measure, question = self._index.measure, self._question
        own = measure.yardstick.own_score(question)
        scores, most = self._words * (WORDS_WEIGHT / (own or 1.0)), WORDS_WEIGHT
        if measure.basis is not None:
            place = direction(measure.basis, *measure.yardstick.columns_of(question))
            scores += LATENT_WEIGHT * self._near("places", place).clip(0)
            most += LATENT_WEIGHT
        if measure.embedder is not None and own:
            scores += VECTOR_WEIGHT * nearness(self._near("vectors", measure.embedder.query(joined(question.text))))
            most += VECTOR_WEIGHT
        return scores[self._index.document_of_item] / most

    def _near(self, kind: str, place: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """By document the cosine with a place."""
        import numpy as np  # noqa: PLC0415

        return np.concatenate([getattr(segment, kind) @ place for segment in self._index.segments])

    @cached_property
    def _said(self) -> "NDArray[np.bool_]":
        """By owner whether any item shares words with the question: who does not has no reason to show."""
        import numpy as np  # noqa: PLC0415

        shared = (self._words > 0)[self._index.document_of_item]
        return np.logical_or.reduceat(shared, self._index.starts[:-1])

    def _explained(self, values: "NDArray[np.float64]", among: "NDArray[np.bool_] | None") -> Iterator[Match]:
        if not len(self._index.owners):
            return
        admitted = self._said if among is None else self._said & among
        size = 2
        for places in _descending(values * admitted):
            first = 0
            while first < len(places):
                some = places[first : first + size]
                first, size = first + size, min(2 * size, _AT_ONCE)
                self._explain([place for place in some if place not in self._shown])
                yield from (Match(int(self._index.owners[at]), float(values[at]), self._shown[at]) for at in some)

    def _explain(self, places: Sequence[int]) -> None:
        """Keep the best items of these owners with their reasons."""
        index = self._index
        best = {place: self._best_items(place) for place in places}
        shares = self._shares(sorted({int(index.document_of_item[item]) for items in best.values() for item in items}))
        for place, items in best.items():
            self._shown[place] = tuple(
                ItemMatch(index.item_ids[item], float(self._items[item]), shares[int(index.document_of_item[item])])
                for item in items
            )

    def _best_items(self, place: int) -> list[int]:
        """An owner's best items among those that share words with the question: only these can be explained."""
        own = range(int(self._index.starts[place]), int(self._index.starts[place + 1]))
        said = [item for item in own if self._words[self._index.document_of_item[item]] > 0]
        return sorted(said, key=lambda item: (-float(self._items[item]), item))[:SHOWN_ITEMS]

    def _shares(self, documents: Sequence[int]) -> dict[int, tuple[TermShare, ...]]:
        """By document its phrases and their shares."""
        found: dict[int, tuple[TermShare, ...]] = {}
        begin = 0
        for segment, asked in zip(self._index.segments, self._asked, strict=True):
            end = begin + len(segment.documents)
            own = [number - begin for number in documents if begin <= number < end]
            phrases = {number: phrases_of(segment.documents[number], self._question) for number in own}
            gains = segment.postings.contributions(asked, {number: list(phrases[number]) for number in own})
            found |= {begin + number: share_out(phrases[number], gains[number]) for number in own}
            begin = end
        return found


def _descending(values: "NDArray[np.float64]") -> Iterator[list[int]]:
    """The places of values above 0, the highest first, equal ones in their order; the first few cost least."""
    import numpy as np  # noqa: PLC0415

    rest, size = np.flatnonzero(values > 0), 64
    while len(rest):
        own = values[rest]
        edge = np.partition(own, -size)[-size] if len(own) > size else 0
        best = rest[own >= edge]
        yield best[np.argsort(-values[best], kind="stable")].tolist()
        rest, size = rest[own < edge], 4 * size
