"""Who answers a question best, judged by the best pieces of evidence each owner has to show. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from marketplace.relevance.answers import Answer, Query
from marketplace.relevance.bm25 import Question
from marketplace.relevance.explanation import Match
from marketplace.relevance.segments import Measure, Segment, first_segment, later_segment
from marketplace.relevance.tokens import Document
from marketplace.relevance.vectors import Embedder
from marketplace.relevance.weighing import weigh
from marketplace.relevance.weights import CHOSEN, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Evidence:
    """One thing an owner has to show: a description, a product, a project, a paper, a past challenge."""

    owner_id: int
    item_id: str
    title: str
    tags: Sequence[str] = ()
    body: str = ""

    @property
    def text(self) -> Document:
        return Document(self.title, tuple(self.tags), self.body)


@dataclass(frozen=True)
class Index:
    """Evidence ready to be asked. Equal evidence gives equal answers, in whatever order it came.

    Items stand by owner: owner `n` of `owners` (ascending) has the items from `starts[n]` up to `starts[n + 1]`. The
    documents of all segments are numbered through; an item may be the same document as another's.
    """

    owners: "NDArray[np.int64]"
    starts: "NDArray[np.int64]"
    item_ids: Sequence[str]
    document_of_item: "NDArray[np.int32]"
    segments: tuple[Segment, ...]
    measure: Measure

    @classmethod
    def build(cls, evidence: Iterable[Evidence], *, embedder: Embedder | None = None) -> "Index":
        """An index of the evidence; a text that several owners show is counted once.

        With an `embedder` sentence vectors are compared too. Raises ValueError where one owner shows two things under
        one item_id.
        """
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        shown = _sorted(evidence)
        documents = list(dict.fromkeys(piece.text for piece in shown))
        numbers = {document: number for number, document in enumerate(documents)}
        segment, measure = first_segment(documents, embedder)
        owners, counts = np.unique(np.array([piece.owner_id for piece in shown], dtype=np.int64), return_counts=True)
        return cls(
            owners=owners,
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            item_ids=[piece.item_id for piece in shown],
            document_of_item=np.array([numbers[piece.text] for piece in shown], dtype=np.int32),
            segments=(segment,),
            measure=measure,
        )

    def updated(self, evidence: Iterable[Evidence], *, gone: Collection[int] = ()) -> "Index":
        """The index after owners changed: all that each of them shows now; who is `gone` shows nothing.

        Worth and places of terms stay as they were learnt, so nobody else's scores move; cost goes with the changes.
        """
        import numpy as np  # noqa: PLC0415

        shown = _sorted(evidence)
        changed = np.array([*gone, *{piece.owner_id for piece in shown}], dtype=np.int64)
        kept = np.flatnonzero(~np.isin(self.owner_of_item, np.flatnonzero(np.isin(self.owners, changed))))
        documents, segments = self._with_documents([piece.text for piece in shown], self.document_of_item[kept])
        owner_of = np.concatenate([self.owners[self.owner_of_item[kept]], [piece.owner_id for piece in shown]])
        order = np.argsort(owner_of, kind="stable")
        ids = [*(self.item_ids[at] for at in kept.tolist()), *(piece.item_id for piece in shown)]
        owners, counts = np.unique(owner_of, return_counts=True)
        return replace(
            self,
            owners=owners.astype(np.int64),
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            item_ids=[ids[at] for at in order.tolist()],
            document_of_item=documents[order],
            segments=segments,
        )

    def ask(self, query: Query, weights: Weights = CHOSEN) -> Answer:
        """The scores of everybody for a query, from which lists are taken."""
        return self.ask_all([query], weights)[0]

    def ask_all(self, queries: Sequence[Query], weights: Weights = CHOSEN) -> list[Answer]:
        """The same for several queries, which together cost less; each needs 16 bytes for every document."""
        weighed = weigh(self.segments, self.measure, [Question(query.text) for query in queries], weights)
        return [Answer(self, weighing) for weighing in weighed]

    def scores(self, query: Query) -> dict[int, float]:
        """The score of every owner whom the query finds, above 0 and up to 1, without reasons: fast."""
        values = self.ask(query).values
        found = values > 0
        return dict(zip(self.owners[found].tolist(), values[found].tolist(), strict=True))

    def rank(self, query: Query, *, limit: int, among: Collection[int] | None = None) -> list[Match]:
        """The best owners who share words with the query, of all or `among` those, with their reasons.

        Ties stand in the order of owner_id; who is near without a shared word has no reason to show and is left out.
        """
        admitted = self.places_of(among) if among is not None else None
        return list(islice(self.ask(query).best(among=admitted, expected=limit), max(limit, 0)))

    def rank_newcomers(self, query: Query, *, limit: int, newcomers: Collection[int]) -> list[Match]:
        """The best of the `newcomers`, each by the one best item, so that a short record is no handicap."""
        found = self.ask(query).best_newcomers(among=self.places_of(newcomers), expected=limit)
        return list(islice(found, max(limit, 0)))

    def places_of(self, owner_ids: Collection[int]) -> "NDArray[np.bool_]":
        """For each place in `owners` whether it is one of these."""
        import numpy as np  # noqa: PLC0415

        return np.isin(self.owners, np.array(list(owner_ids), dtype=np.int64))

    def document(self, number: int) -> Document:
        """A document by its number through all segments."""
        for segment in self.segments:
            if number < len(segment.documents):
                return segment.documents[number]
            number -= len(segment.documents)
        raise IndexError(number)

    @cached_property
    def owner_of_item(self) -> "NDArray[np.int32]":
        """By item the place of its owner."""
        import numpy as np  # noqa: PLC0415

        return np.repeat(np.arange(len(self.owners), dtype=np.int32), np.diff(self.starts))

    @cached_property
    def items_by_owner(self) -> "csr_array":
        """Owners by documents, 1 for each item: times values of documents it is the sum over each owner's items."""
        import numpy as np  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        ones = np.ones(len(self.document_of_item))
        shape = (len(self.owners), sum(len(segment.documents) for segment in self.segments))
        return csr_array((ones, self.document_of_item, self.starts.astype(np.int32)), shape=shape)

    def _with_documents(
        self, texts: Sequence[Document], used: "NDArray[np.int32]"
    ) -> "tuple[NDArray[np.int32], tuple[Segment, ...]]":
        """Numbers of the documents `used` before and of `texts`, and the segments that hold them."""
        import numpy as np  # noqa: PLC0415

        first, count = self.segments[0], len(self.segments[0].documents)
        later = sorted({self.document(number) for number in np.unique(used[used >= count]).tolist()} | set(texts))
        fresh = [text for text in later if first.number(text) is None]
        numbers = {text: count + at for at, text in enumerate(fresh)}
        kept = [self._renumbered(number, numbers) if number >= count else number for number in used.tolist()]
        said = [numbers[text] if text in numbers else first.number(text) for text in texts]
        segments = (first, later_segment(fresh, self.measure)) if fresh else (first,)
        return np.array([*kept, *said], dtype=np.int32), segments

    def _renumbered(self, number: int, numbers: dict[Document, int]) -> int:
        return numbers[self.document(number)]


def _sorted(evidence: Iterable[Evidence]) -> list[Evidence]:
    shown = sorted(evidence, key=lambda piece: (piece.owner_id, piece.item_id))
    if len({(piece.owner_id, piece.item_id) for piece in shown}) < len(shown):
        raise ValueError("an owner shows two things under one item_id")
    return shown
