"""A part of the evidence with all that answering needs: what was there at first, or what changed since. Pure."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marketplace.relevance import places
from marketplace.relevance.bm25 import Posted, Postings, Yardstick, post
from marketplace.relevance.latent import fold_in, learn
from marketplace.relevance.places import Axes, Codes
from marketplace.relevance.tokens import Document
from marketplace.relevance.vectors import Embedder, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# So many texts are given to the embedder at once: the vectors of all would be half a gigabyte.
_AT_ONCE = 4_096


@dataclass(frozen=True)
class Measure:
    """By what all parts are measured, so that their scores compare: worth and places of terms in the first.

    `middle` is the mean vector, `axes` those on which vectors differ most.
    """

    yardstick: Yardstick
    basis: "NDArray[np.float32] | None" = None
    embedder: Embedder | None = None
    middle: "NDArray[np.float32] | None" = None
    axes: Axes | None = None


@dataclass(frozen=True)
class Segment:
    """Different documents, their postings, and their places: "latent" and "vectors", where there are any.

    Documents stand in the order of their owners, so that what belongs together lies together; `ascending` has their
    numbers in the order of their texts.
    """

    documents: Sequence[Document]
    postings: Postings
    ascending: "NDArray[np.int32]"
    places: Mapping[str, Codes] = field(default_factory=dict)

    def number(self, document: Document) -> int | None:
        """The number of a document, None where the segment does not hold it."""
        at = bisect_left(self.ascending, document, key=lambda number: self.documents[number])
        found = int(self.ascending[at]) if at < len(self.ascending) else None
        return found if found is not None and self.documents[found] == document else None


def first_segment(documents: Sequence[Document], embedder: Embedder | None) -> tuple[Segment, Measure]:
    """Documents and the measure learnt from them."""
    posted = post(documents)
    basis = learn(posted.matrix)
    coded = _coded(documents, embedder) if embedder else None
    measure = Measure(
        posted.yardstick,
        basis,
        embedder,
        middle=coded.mean if coded else None,
        axes=places.learn_axes(coded) if coded else None,
    )
    return Segment(documents, posted.postings, _ascending(documents), _places(posted, coded, measure)), measure


def later_segment(documents: Sequence[Document], measure: Measure) -> Segment:
    """Documents by the measure of others."""
    posted = post(documents, measure.yardstick)
    coded = _coded(documents, measure.embedder) if measure.embedder else None
    return Segment(documents, posted.postings, _ascending(documents), _places(posted, coded, measure))


def _ascending(documents: Sequence[Document]) -> "NDArray[np.int32]":
    import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

    return np.array(sorted(range(len(documents)), key=documents.__getitem__), dtype=np.int32)


def _places(posted: Posted, coded: Codes | None, measure: Measure) -> dict[str, Codes]:
    found: dict[str, Codes] = {}
    if measure.basis is not None:
        found["latent"] = places.coded(fold_in(posted.matrix, measure.basis))
    if coded is not None:
        found["vectors"] = places.sketched(coded, measure.axes)
    return found


def _coded(documents: Sequence[Document], embedder: Embedder) -> Codes:
    parts = (documents[at : at + _AT_ONCE] for at in range(0, max(len(documents), 1), _AT_ONCE))
    return places.joined([places.coded(embedder.passages([joined(text) for text in part])) for part in parts])
