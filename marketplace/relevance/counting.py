"""How often each term stands in each field of each document, by terms. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.relevance.reading import FIELD_COUNT, Occurrences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Table:
    """A cell for each term and document that holds it: term after term, of each the documents in ascending order.

    Term `n` owns the cells from `starts[n]` up to `starts[n + 1]`. The occurrences of cell `c` begin at `begins[c]` of
    `order`, which says where in the reading they stand. `lengths` counts terms by document and field.
    """

    starts: "NDArray[np.int64]"
    terms: "NDArray[np.int32]"
    documents: "NDArray[np.int32]"
    begins: "NDArray[np.int64]"
    order: "NDArray[np.int32]"
    places: "NDArray[np.int32]"
    lengths: "NDArray[np.float64]"

    def weigh(
        self, field_weights: Sequence[float], norms: "NDArray[np.float64] | None" = None
    ) -> "NDArray[np.float64]":
        """By cell the sum of the weights of the fields in which the term stands, each over the norm of its field."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        if not len(self.begins):
            return np.zeros(0)
        worth = np.tile(np.array(field_weights), len(self.lengths))
        worth = worth / norms.ravel() if norms is not None else worth
        return np.add.reduceat(worth[self.places][self.order], self.begins)


def count(found: Occurrences, size: int) -> Table:
    """The table of `size` documents that were read."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csc_array  # noqa: PLC0415

    places = found.documents * np.int32(FIELD_COUNT) + found.fields
    # A counting sort by term that leaves the order of reading within each: every occurrence is a column of its own.
    marks = np.ones(len(places), dtype=np.int8)
    by_place = csc_array((marks, found.terms, np.arange(len(places) + 1)), shape=(len(found.vocabulary), len(places)))
    by_term = by_place.tocsr()
    order, ends = by_term.indices, by_term.indptr
    terms, documents = found.terms[order], found.documents[order]
    is_new = np.ones(len(order), dtype=np.bool_)
    is_new[1:] = (np.diff(terms) != 0) | (np.diff(documents) != 0)
    begins = np.flatnonzero(is_new)
    return Table(
        starts=np.searchsorted(begins, ends).astype(np.int64),
        terms=terms[begins],
        documents=documents[begins],
        begins=begins,
        order=order,
        places=places,
        lengths=np.bincount(places, minlength=size * FIELD_COUNT).reshape(size, FIELD_COUNT).astype(float),
    )
