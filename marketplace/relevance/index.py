"""Who answers a question best, judged by the best pieces of evidence each owner has to show. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from marketplace.relevance.bm25 import Postings, post, weigh_terms
from marketplace.relevance.explanation import ItemMatch, Match, share_out
from marketplace.relevance.latent import Space, learn
from marketplace.relevance.tokens import Document
from marketplace.relevance.vectors import Embedder, nearness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# An item's score: shared words (BM25F as a share of the question's own score), latent semantics and, with the extra
# `semantic`, sentence vectors (cosines), weighted so that each spreads items about equally. An owner's: squares of the
# items' scores, so that near ones count most, each worth a little less than the one before. These four numbers were
# chosen over all development sets together (docs/matching.md).
WORDS_WEIGHT, LATENT_WEIGHT, VECTOR_WEIGHT = 2.0, 1.0, 4.0
PATIENCE = 0.95
SHOWN_ITEMS = 3
# Only so many of the best items are added up: the squares of all others together change nothing.
_COUNTED = 20_000


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
    space: Space | None = None
    embedder: Embedder | None = None
    vectors: "NDArray[np.float32] | None" = None

    @classmethod
    def build(cls, evidence: Iterable[Evidence], *, embedder: Embedder | None = None) -> "Index":
        """An index of the evidence; a text that several owners show is counted once.

        With an `embedder` sentence vectors are compared too. Raises ValueError where one owner shows two things under
        one item_id.
        """
        # numpy costs 20 MB and 0.1 s: a web process that never ranks need not pay for them.
        import numpy as np  # noqa: PLC0415

        shown = sorted(evidence, key=lambda piece: (piece.owner_id, piece.item_id))
        if len({(piece.owner_id, piece.item_id) for piece in shown}) < len(shown):
            raise ValueError("an owner shows two things under one item_id")
        texts = [Document(piece.title, tuple(piece.tags), piece.body) for piece in shown]
        documents = sorted(set(texts))
        numbers = {document: number for number, document in enumerate(documents)}
        postings = post(documents)
        sizes = {owner: len(list(own)) for owner, own in groupby(shown, key=lambda piece: piece.owner_id)}
        return cls(
            owners=tuple(sizes),
            starts=np.cumsum([0, *sizes.values()], dtype=np.int64),
            item_ids=tuple(piece.item_id for piece in shown),
            documents=tuple(documents),
            document_of_item=np.array([numbers[text] for text in texts], dtype=np.int32),
            postings=postings,
            space=learn(postings.matrix),
            embedder=embedder,
            vectors=embedder.passages([_joined(text) for text in documents]) if embedder else None,
        )

    def scores(self, query: Query) -> dict[int, float]:
        """The score of every owner whom the query finds, above 0 and up to 1, without reasons: fast."""
        values = _added_up(self._item_scores(query), self.starts)
        return {owner: value for owner, value in zip(self.owners, values.tolist(), strict=True) if value > 0}

    def rank(self, query: Query, *, limit: int, among: Collection[int] | None = None) -> list[Match]:
        """The best owners who share words with the query, of all or `among` those, with their reasons.

        Ties stand in the order of owner_id; who is near without a shared word has no reason to show and is left out.

        The score is 1 - exp(-sqrt(t)), t the sum of PATIENCE ** n times the square of the n-th best item's score.
        """
        return self._best(query, _added_up, limit=limit, among=self.owners if among is None else among)

    def rank_newcomers(self, query: Query, *, limit: int, newcomers: Collection[int]) -> list[Match]:
        """The best of the `newcomers`, each by the one best item, so that a short record is no handicap."""
        return self._best(query, _best_item, limit=limit, among=newcomers)

    def _best(self, query: Query, measure: "_Measure", *, limit: int, among: Collection[int]) -> list[Match]:
        import numpy as np  # noqa: PLC0415

        if not self.owners:
            return []
        weights, items = _weights(query), self._item_scores(query)
        said = self.postings.score(weights)[self.document_of_item] > 0
        admitted = np.isin(np.array(self.owners), list(among)) & np.logical_or.reduceat(said, self.starts[:-1])
        values = np.where(admitted, measure(items, self.starts), 0)
        best = np.argsort(-values, kind="stable")[: max(limit, 0)]
        found = [(-float(values[number]), int(number)) for number in best if values[number] > 0]
        return self._explain(found, items, weights)

    def _explain(
        self, found: Sequence[tuple[float, int]], scores: "NDArray[np.float64]", weights: Mapping[str, float]
    ) -> list[Match]:
        words = self.postings.score(weights)
        best = {number: self._best_items(number, scores, words) for _, number in found}
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

    def _best_items(self, number: int, scores: "NDArray[np.float64]", words: "NDArray[np.float64]") -> list[int]:
        """An owner's best items among those that share words with the question: only these can be explained."""
        own = range(int(self.starts[number]), int(self.starts[number + 1]))
        ranked = sorted((-float(scores[item]), item) for item in own if words[self.document_of_item[item]] > 0)
        return [item for _, item in ranked[:SHOWN_ITEMS]]

    def _item_scores(self, query: Query) -> "NDArray[np.float64]":
        """Every item's score, 0 to 1."""
        question, weights = _document(query), _weights(query)
        own = self.postings.own_score(question)
        scores, most = self.postings.score(weights) / (own or 1.0) * WORDS_WEIGHT, WORDS_WEIGHT
        if self.space is not None:
            scores = scores + LATENT_WEIGHT * self.space.cosines(*self.postings.columns_of(weights))
            most += LATENT_WEIGHT
        if self.embedder is not None and self.vectors is not None and own:
            scores = scores + VECTOR_WEIGHT * nearness(self.vectors @ self.embedder.query(_joined(question)))
            most += VECTOR_WEIGHT
        return scores[self.document_of_item] / most


_Measure = Callable[["NDArray[np.float64]", "NDArray[np.int64]"], "NDArray[np.float64]"]


def _document(query: Query) -> Document:
    return Document(query.title, tuple(query.tags), query.body)


def _weights(query: Query) -> dict[str, float]:
    return weigh_terms(_document(query))


def _joined(text: Document) -> str:
    return ". ".join(part for part in (text.title, *text.tags, text.body) if part)


def _added_up(scores: "NDArray[np.float64]", starts: "NDArray[np.int64]") -> "NDArray[np.float64]":
    """By owner the squares of the scores from the best down, each worth PATIENCE times the one before, as 0 to 1."""
    import numpy as np  # noqa: PLC0415

    owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    if len(scores) > _COUNTED:
        counted = np.sort(np.argpartition(-scores, _COUNTED)[:_COUNTED])
        scores, owners = scores[counted], owners[counted]
    order = np.lexsort((-scores, owners))
    scores, owners = scores[order], owners[order]
    place = np.arange(len(scores)) - np.searchsorted(owners, owners)
    total = np.bincount(owners, scores**2 * PATIENCE**place, minlength=len(starts) - 1)
    # Rounded, so that the last bits of a processor decide no order.
    return np.round(-np.expm1(-np.sqrt(total)), 9).astype(np.float64, copy=False)


def _best_item(scores: "NDArray[np.float64]", starts: "NDArray[np.int64]") -> "NDArray[np.float64]":
    """By owner the highest score."""
    import numpy as np  # noqa: PLC0415

    return np.round(np.maximum.reduceat(scores, starts[:-1]), 9).astype(np.float64, copy=False)
