"""Latent semantics: texts near each other because their words keep the same company, also across languages. Pure.

Deerwester et al. (1990), "Indexing by latent semantic analysis"; where texts hold both languages, the Vietnamese and
English words of one thing lie together, so a text in either finds one in the other (Dumais, Letsche, Littman &
Landauer 1997, "Automatic cross-language retrieval using latent semantic indexing").
"""

from dataclasses import dataclass
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
_EXTRA, _ROUNDS, _SEED = 10, 4, 20_261_122


@dataclass(frozen=True)
class Space:
    """Texts as directions: `basis` has a row for each known term, `places` one of length 1 (or 0) for each text."""

    basis: "NDArray[np.float32]"
    places: "NDArray[np.float32]"

    def cosines(self, terms: "NDArray[np.int64]", weights: "NDArray[np.float64]") -> "NDArray[np.float32]":
        """How near each text is to weighted terms, 0 to 1; what points away counts as 0."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        direction = weights.astype(np.float32) @ self.basis[terms]
        length = float(np.linalg.norm(direction))
        if length == 0:
            return np.zeros(len(self.places), dtype=np.float32)
        return np.maximum(self.places @ (direction / np.float32(length)), 0)


def learn(matrix: "csr_matrix") -> Space | None:
    """The space of texts (rows) over terms (columns), TF-IDF with rows of length 1; None for too few texts.

    Randomised range finder with power iterations (Halko, Martinsson & Tropp 2011, algorithm 4.4), seeded, signs pinned.
    """
    import numpy as np  # noqa: PLC0415

    count = matrix.shape[0]
    if count < FEWEST:
        return None
    sample = matrix[np.unique(np.linspace(0, count - 1, min(count, SAMPLE)).astype(np.int64))].astype(np.float32)
    size = min(DIMENSIONS, count // 2, matrix.shape[1])
    width = min(size + _EXTRA, *sample.shape)
    ranged = sample @ np.random.default_rng(_SEED).standard_normal((sample.shape[1], width), dtype=np.float32)
    for _round in range(_ROUNDS):
        orthogonal, _ = np.linalg.qr(ranged)
        ranged = sample @ (sample.T @ orthogonal)
    orthogonal, _ = np.linalg.qr(ranged)
    projected = sample.T @ orthogonal
    values, turns = np.linalg.eigh((projected.T @ projected).astype(np.float64))
    kept = [at for at in np.argsort(-values)[:size] if values[at] > 1e-9]
    basis = (projected @ turns[:, kept].astype(np.float32)) / np.sqrt(values[kept]).astype(np.float32)
    strongest = basis[np.abs(basis).argmax(axis=0), np.arange(basis.shape[1])]
    basis = basis * np.where(strongest < 0, -1, 1).astype(np.float32)
    places = matrix.astype(np.float32) @ basis
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    return Space(basis=basis, places=places / np.where(lengths > 0, lengths, 1))
