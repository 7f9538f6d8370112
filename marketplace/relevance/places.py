"""Places of documents in a space, and how near a question is: from above for all at once, exactly for a few. Pure.

A place is kept as whole numbers of eight bits: a quarter of the memory to hold and to fetch, which is what takes time.
Long ones (sentence vectors) have a sketch along the axes on which texts differ most, that bounds their cosines.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# More than the sum of a few hundred products of single precision, of vectors of length 1, can be wrong by.
ROUNDING = 2e-5
# Rows that are multiplied at once: they stay in the processor's own memory while several questions are asked.
_BLOCK = 1_024
# Up to so many questions are multiplied one by one: a product of two matrices gains from more.
_FEW = 3
# From so many texts on a sketch of so many axes stands before the vectors.
SKETCHED, AXES = 8_192, 96
_SAMPLE = 20_000


@dataclass(frozen=True)
class Axes:
    """Orthonormal directions as columns: that of the mean text first, then those on which texts differ most."""

    columns: "NDArray[np.float32]"


@dataclass(frozen=True)
class Codes:
    """Places as whole numbers, each with the factor that makes its length 1 (or 0), and their sketch along axes.

    `rest` is the length of what the sketch leaves out. Short ones, and those of few texts, have no sketch.
    """

    codes: "NDArray[np.int8]"
    factors: "NDArray[np.float32]"
    axes: Axes | None = None
    sketch: "NDArray[np.float32] | None" = None
    rest: "NDArray[np.float32] | None" = None

    @property
    def mean(self) -> "NDArray[np.float32]":
        """The mean of those that are there (a text without a vector has length 0)."""
        total, block = self.factors[:0] @ self.codes[:0], _BLOCK
        for at in range(0, len(self.codes), block):
            total = total + self.factors[at : at + block] @ self.codes[at : at + block]
        return (total / max(int((self.factors > 0).sum()), 1)).astype("float32")

    def ceilings(self, asked: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """By question (a row of `asked`, of length 1) and document a cosine that the true one is not above."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        if self.axes is None or self.sketch is None or self.rest is None:
            found = _products(self.codes, asked) * self.factors
            found += ROUNDING
            return found
        known = asked @ self.axes.columns
        left_out = np.sqrt(np.maximum(1 - (known**2).sum(axis=1), 0)).astype(np.float32)
        found = _products(self.sketch, known)
        for at, length in enumerate(left_out.tolist()):
            found[at] += self.rest * np.float32(length) + np.float32(ROUNDING)
        return found

    def exact(self, documents: "NDArray[np.int64]", asked: "NDArray[np.float32]") -> "NDArray[np.float64]":
        """By each of these documents its cosine with one question, whoever else is asked about."""
        return (self.codes[documents].astype("float64") @ asked.astype("float64")) * self.factors[documents]


def coded(vectors: "NDArray[np.float32]") -> Codes:
    """Vectors as whole numbers from -127 to 127, the largest of each row at one end; no sketch yet."""
    import numpy as np  # noqa: PLC0415

    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    return scaled(np.rint(vectors * (127 / np.where(largest > 0, largest, 1))).astype(np.int8))


def scaled(codes: "NDArray[np.int8]") -> Codes:
    """Whole numbers as they were kept, with the factors that go with them."""
    import numpy as np  # noqa: PLC0415

    lengths = np.sqrt(np.einsum("ij,ij->i", codes, codes, dtype=np.float32))
    return Codes(codes, np.where(lengths > 0, 1 / np.maximum(lengths, 1), 0).astype(np.float32))


def joined(parts: "list[Codes]") -> Codes:
    """Parts without a sketch, one after the other."""
    import numpy as np  # noqa: PLC0415

    return Codes(np.concatenate([each.codes for each in parts]), np.concatenate([each.factors for each in parts]))


def learn_axes(plain: Codes) -> Axes | None:
    """The axes of these vectors, from an even sample; None for few texts, which need none."""
    import numpy as np  # noqa: PLC0415

    count = len(plain.codes)
    if count < SKETCHED or plain.codes.shape[1] <= AXES:
        return None
    at = np.unique(np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64))
    sample = plain.codes[at] * plain.factors[at, None]
    mean = sample.mean(axis=0)
    sample -= mean
    values, directions = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    strongest = directions[:, np.argsort(-values)[: AXES - 1]]
    return Axes(np.linalg.qr(np.column_stack([mean, strongest]))[0].astype(np.float32))


def sketched(plain: Codes, axes: Axes | None) -> Codes:
    """The same with a sketch along the axes."""
    import numpy as np  # noqa: PLC0415

    if axes is None:
        return plain
    sketch = np.concatenate(
        [
            (plain.codes[at : at + _BLOCK] * plain.factors[at : at + _BLOCK, None]) @ axes.columns
            for at in range(0, len(plain.codes), _BLOCK)
        ]
        or [np.zeros((0, axes.columns.shape[1]), dtype=np.float32)]
    )
    rest = np.sqrt(np.maximum((plain.factors > 0) - np.einsum("ij,ij->i", sketch, sketch), 0))
    return Codes(plain.codes, plain.factors, axes, sketch, rest.astype(np.float32))


def _products(rows: "NDArray[np.float32] | NDArray[np.int8]", asked: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """By question and row their product; block by block, so that the rows are fetched once for all questions."""
    import numpy as np  # noqa: PLC0415

    found = np.empty((len(asked), len(rows)), dtype=np.float32)
    # One block for all, which stays in the processor's memory: fresh memory for each would cost a third more.
    block = np.empty((_BLOCK, rows.shape[1]), dtype=np.float32)
    for begin in range(0, len(rows), _BLOCK):
        some = rows[begin : begin + _BLOCK]
        np.copyto(block[: len(some)], some)
        if len(asked) > _FEW:
            found[:, begin : begin + _BLOCK] = asked @ block[: len(some)].T
            continue
        for line, place in zip(found, asked, strict=True):
            np.dot(block[: len(some)], place, out=line[begin : begin + _BLOCK])
    return found
