"""Who answers a question best, judged by the best pieces of evidence each owner has to show. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from marketplace.relevance.bm25 import Postings, post, weigh_terms
from marketplace.relevance.explanation import ItemMatch, Match, share_out
from marketplace.relevance.tokens import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Each further piece of evidence counts for seven tenths of the one before: the weights of rank-biased
# precision (Moffat & Zobel 2008). Measured better than the mean of the top three (benchmarks/partners.py).
PATIENCE = 0.7
SHOWN_ITEMS = 3


@dataclass(frozen=True)
class Evidence:
    """One thing an owner has to show: a description, a product, a project, a paper, a past challenge."""

    owner_id: int
    item_id: str
    title: str
    tags: Sequence[str] = ()
    body: str = ""


@dataclass(frozen=True)
class Query:
    """What is asked for: the title, tags and text of a problem, or only some of them."""

    title: str = ""
    tags: Sequence[str] = ()
    body: str = ""


@dataclass(frozen=True)
class Index:
    """Evidence ready to be asked. Equal evidence gives equal answers, in whatever order it came.

    Items stand by owner: owner `n` has the items from `starts[n]` up to `starts[n + 1]`.
    """

    owners: tuple[int, ...]
    starts: "NDArray[np.int64]"
    item_ids: tuple[str, ...]
    documents: tuple[Document, ...]
    document_of_item: "NDArray[np.int32]"
    postings: Postings

    @classmethod
    def build(cls, evidence: Iterable[Evidence]) -> "Index":
        """An index of the evidence; a text that several owners show is counted once.

        Raises ValueError where one owner shows two things under one item_id.
        """
        # numpy costs 20 MB and 0.1 s: a web process that never ranks need not pay for them.
        import numpy as np  # noqa: PLC0415

        shown = sorted(evidence, key=lambda piece: (piece.owner_id, piece.item_id))
        if len({(piece.owner_id, piece.item_id) for piece in shown}) < len(shown):
            raise ValueError("an owner shows two things under one item_id")
        texts = [Document(piece.title, tuple(piece.tags), piece.body) for piece in shown]
        documents = sorted(set(texts))
        numbers = {document: number for number, document in enumerate(documents)}
        sizes = {owner: len(list(own)) for owner, own in groupby(shown, key=lambda piece: piece.owner_id)}
        return cls(
            owners=tuple(sizes),
            starts=np.cumsum([0, *sizes.values()], dtype=np.int64),
            item_ids=tuple(piece.item_id for piece in shown),
            documents=tuple(documents),
            document_of_item=np.array([numbers[text] for text in texts], dtype=np.int32),
            postings=post(documents),
        )

    def scores(self, query: Query) -> dict[int, float]:
        """The score of every owner whom the query finds, above 0 and up to 1, without reasons: fast."""
        values = _discounted(self._item_scores(_weights(query)), self.starts)
        return {owner: value for owner, value in zip(self.owners, values.tolist(), strict=True) if value > 0}

    def rank(self, query: Query, *, limit: int, among: Collection[int] | None = None) -> list[Match]:
        """The best owners, of all or `among` those, with their reasons; ties in the order of owner_id.

        The score is (1 - PATIENCE) times the sum of PATIENCE ** n times the score of the n-th best item; an
        item's score is its BM25F divided by that of the query's best item in the whole index.
        """
        return self._best(query, _discounted, limit=limit, among=self.owners if among is None else among)

    def rank_newcomers(self, query: Query, *, limit: int, newcomers: Collection[int]) -> list[Match]:
        """The best of the `newcomers`, each by the one best item, so that a short record is no handicap."""
        return self._best(query, _best_item, limit=limit, among=newcomers)

    def _best(self, query: Query, measure: "_Measure", *, limit: int, among: Collection[int]) -> list[Match]:
        admitted = set(among)
        weights = _weights(query)
        items = self._item_scores(weights)
        found = sorted(
            (-value, number)
            for number, value in enumerate(measure(items, self.starts).tolist())
            if value > 0 and self.owners[number] in admitted
        )
        return self._explain(found[: max(limit, 0)], items, weights)

    def _explain(
        self, found: Sequence[tuple[float, int]], scores: "NDArray[np.float64]", weights: Mapping[str, float]
    ) -> list[Match]:
        best = {number: self._best_items(number, scores) for _, number in found}
        documents = {int(self.document_of_item[item]) for items in best.values() for item in items}
        contributions = self.postings.contributions(weights, documents)
        shares = {document: share_out(self.documents[document], contributions[document]) for document in documents}
        return [
            Match(
                self.owners[number],
                -negative,
                tuple(
                    ItemMatch(self.item_ids[item], float(scores[item]), shares[int(self.document_of_item[item])])
                    for item in best[number]
                ),
            )
            for negative, number in found
        ]

    def _best_items(self, number: int, scores: "NDArray[np.float64]") -> list[int]:
        own = range(int(self.starts[number]), int(self.starts[number + 1]))
        ranked = sorted((-float(scores[item]), item) for item in own if scores[item] > 0)
        return [item for _, item in ranked[:SHOWN_ITEMS]]

    def _item_scores(self, weights: Mapping[str, float]) -> "NDArray[np.float64]":
        scores = self.postings.score(weights)
        highest = float(scores.max(initial=0.0)) or 1.0
        return scores[self.document_of_item] / highest


_Measure = Callable[["NDArray[np.float64]", "NDArray[np.int64]"], "NDArray[np.float64]"]


def _weights(query: Query) -> dict[str, float]:
    return weigh_terms(Document(query.title, tuple(query.tags), query.body))


def _discounted(scores: "NDArray[np.float64]", starts: "NDArray[np.int64]") -> "NDArray[np.float64]":
    """By owner the scores from the best down, each worth PATIENCE times the one before."""
    import numpy as np  # noqa: PLC0415

    owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    best_first = scores[np.lexsort((-scores, owners))]
    worth = (1 - PATIENCE) * PATIENCE ** (np.arange(len(scores)) - starts[owners])
    return np.bincount(owners, best_first * worth, minlength=len(starts) - 1).astype(np.float64, copy=False)


def _best_item(scores: "NDArray[np.float64]", starts: "NDArray[np.int64]") -> "NDArray[np.float64]":
    """By owner the highest score."""
    import numpy as np  # noqa: PLC0415

    return np.maximum.reduceat(scores, starts[:-1]) if len(scores) else scores
