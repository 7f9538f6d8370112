"""Latent semantics: texts near each other because their words keep the same company, also across languages. Pure.

Deerwester et al. (1990), "Indexing by latent semantic analysis"; where texts hold both languages, the Vietnamese and
English words of one thing lie together, so a text in either finds one in the other (Dumais, Letsche, Littman &
Landauer 1997, "Automatic cross-language retrieval using latent semantic indexing").
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

DIMENSIONS = 150
# Fewer texts say nothing about which words belong together.
FEWEST = 20
# The space is learnt from so many texts, evenly chosen, and so many of the most common terms; all texts are folded in.
SAMPLE = 20_000
MOST_TERMS = 50_000
# Of no more texts than this the space is exact; of more it is sought at random, with a fixed seed.
EXACT = 600
_EXTRA, _ROUNDS, _SEED = 10, 4, 20_261_122


def learn(matrix: "csr_matrix") -> "NDArray[np.float32] | None":
    """By column of TF-IDF rows (texts, of length 1) its place in the space; None for too few texts."""
    import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

    count = matrix.shape[0]
    if count < FEWEST:
        return None
    sample = matrix[np.unique(np.linspace(0, count - 1, min(count, SAMPLE)).astype(np.int64))].astype(np.float32)
    size = min(DIMENSIONS, count // 2, matrix.shape[1])
    orthogonal = _range(sample, size) if count > EXACT else None
    projected = sample.T @ orthogonal if orthogonal is not None else sample.T.toarray()
    values, turns = np.linalg.eigh((projected.T @ projected).astype(np.float64))
    kept = [at for at in np.argsort(-values, kind="stable")[:size] if values[at] > 1e-9]
    basis = (projected @ turns[:, kept].astype(np.float32)) / np.sqrt(values[kept]).astype(np.float32)
    strongest = basis[np.abs(basis).argmax(axis=0), np.arange(basis.shape[1])]
    return basis * np.where(strongest < 0, -1, 1).astype(np.float32)


def _range(sample: "csr_matrix", size: int) -> "NDArray[np.float32]":
    """Directions that hold nearly all of the strongest `size`: a seeded range finder with power iterations.

    Halko, Martinsson & Tropp 2011, "Finding structure with randomness", algorithm 4.4.
    """
    import numpy as np  # noqa: PLC0415

    width = min(size + _EXTRA, *sample.shape)
    ranged = sample @ np.random.default_rng(_SEED).standard_normal((sample.shape[1], width), dtype=np.float32)
    for _round in range(_ROUNDS):
        orthogonal, _ = np.linalg.qr(ranged)
        ranged = sample @ (sample.T @ orthogonal)
    return np.linalg.qr(ranged)[0]


def fold_in(matrix: "csr_matrix", basis: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """The places of texts, as rows of length 1 (or 0)."""
    import numpy as np  # noqa: PLC0415

    places = matrix.astype(np.float32) @ basis[: matrix.shape[1]]
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    places /= np.where(lengths > 0, lengths, 1)
    return places


def direction(
    basis: "NDArray[np.float32]", columns: "NDArray[np.int64]", weights: "NDArray[np.float64]"
) -> "NDArray[np.float32]":
    """The place of weighted terms, of length 1 (or 0)."""
    import numpy as np  # noqa: PLC0415

    place = weights.astype(np.float32) @ basis[columns]
    length = float(np.linalg.norm(place))
    return place / np.float32(length) if length else place
