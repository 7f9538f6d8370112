"""A part of the evidence with all that answering needs: what was there at first, or what changed since. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.relevance.bm25 import Postings, Yardstick, post
from marketplace.relevance.latent import fold_in, learn
from marketplace.relevance.tokens import Document
from marketplace.relevance.vectors import Embedder, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Measure:
    """By what all parts are measured, so that their scores compare: worth and places of terms in the first."""

    yardstick: Yardstick
    basis: "NDArray[np.float32] | None" = None
    embedder: Embedder | None = None


@dataclass(frozen=True)
class Segment:
    """Different documents, ascending; their postings, and their places as rows of length 1 (or 0)."""

    documents: Sequence[Document]
    postings: Postings
    places: "NDArray[np.float32] | None" = None
    vectors: "NDArray[np.float32] | None" = None

    def number(self, document: Document) -> int | None:
        """The number of a document, None where the segment does not hold it."""
        at = bisect_left(self.documents, document)
        return at if at < len(self.documents) and self.documents[at] == document else None


def first_segment(documents: Sequence[Document], embedder: Embedder | None) -> tuple[Segment, Measure]:
    """Documents and the measure learnt from them."""
    posted = post(documents)
    basis = learn(posted.matrix)
    measure = Measure(posted.yardstick, basis, embedder)
    places = fold_in(posted.matrix, basis) if basis is not None else None
    return Segment(documents, posted.postings, places, _vectors(documents, embedder)), measure


def later_segment(documents: Sequence[Document], measure: Measure) -> Segment:
    """Documents by the measure of others."""
    posted = post(documents, measure.yardstick)
    places = fold_in(posted.matrix, measure.basis) if measure.basis is not None else None
    return Segment(documents, posted.postings, places, _vectors(documents, measure.embedder))


def _vectors(documents: Sequence[Document], embedder: Embedder | None) -> "NDArray[np.float32] | None":
    return embedder.passages([joined(text) for text in documents]) if embedder else None
