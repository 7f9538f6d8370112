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
    `places`, which are those of reading.Occurrences in the order of the terms. `lengths` counts by document and field.
    """

    starts: "NDArray[np.int64]"
    terms: "NDArray[np.int32]"
    documents: "NDArray[np.int32]"
    begins: "NDArray[np.int64]"
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
        return np.add.reduceat(worth.astype(np.float32)[self.places], self.begins, dtype=np.float64)


def count(found: Occurrences, size: int) -> Table:
    """The table of `size` documents that were read."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csc_array  # noqa: PLC0415

    # A counting sort by term that leaves the order of reading within each: every occurrence is a column of its own.
    total = len(found.terms)
    marks, ends = np.ones(total, dtype=np.int8), np.arange(total + 1, dtype=np.int32)
    by_term = csc_array((marks, found.terms, ends), shape=(len(found.vocabulary), total)).tocsr()
    terms, places = found.terms[by_term.indices], found.places[by_term.indices]
    documents = places // np.int32(FIELD_COUNT)
    is_new = np.ones(total, dtype=np.bool_)
    is_new[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    begins = np.flatnonzero(is_new)
    return Table(
        starts=np.searchsorted(begins, by_term.indptr).astype(np.int64),
        terms=terms[begins],
        documents=documents[begins],
        begins=begins,
        places=places,
        lengths=np.bincount(places, minlength=size * FIELD_COUNT).reshape(size, FIELD_COUNT).astype(float),
    )
