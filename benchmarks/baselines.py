"""Plain rankings of partners that ours is measured beside: TF-IDF over plain words, with and without popularity."""

import math
import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from benchmarks.evidence import Evidence
from marketplace.relevance.folders import Line

NEAREST = 50


def best_baseline(evidence: Evidence) -> tuple[str, NDArray[np.float32]]:
    """The one that is best on the published development set of this name, else the vote; its name and scores.

    Which one is best stands in each set's README, so that nothing is chosen by the figures of this run.
    """
    near = _cosines(evidence.texts, evidence.questions)
    shows = csr_matrix(
        (np.ones(len(evidence.owner_of_item)), (evidence.document_of_item, evidence.owner_of_item)),
        shape=(len(evidence.texts), len(evidence.owners)),
    )
    if evidence.name == "ecsel-dev":
        return "best x log popularity", _best(near, evidence) * np.log1p(np.asarray(shows.sum(axis=0)).ravel())
    cut = np.sort(near, axis=1)[:, -NEAREST][:, None] if near.shape[1] > NEAREST else 0
    return f"vote of {NEAREST}", np.asarray(np.where(near >= cut, near, 0) @ shows)


def _best(near: NDArray[np.float64], evidence: Evidence) -> NDArray[np.float64]:
    found = np.zeros((near.shape[0], len(evidence.owners)))
    for document, owner in zip(evidence.document_of_item, evidence.owner_of_item, strict=True):
        np.maximum(found[:, owner], near[:, document], out=found[:, owner])
    return found


def _cosines(documents: "list[Line]", questions: "list[Line]") -> NDArray[np.float64]:
    counted = [Counter(_words(line)) for line in documents]
    held = Counter(word for words in counted for word in words)
    column = {word: place for place, word in enumerate(held)}
    rarity = {word: math.log((len(counted) + 1) / (count + 0.5)) for word, count in held.items()}

    def rows(texts: "list[Counter[str]]") -> csr_matrix:
        cells = [
            (row, column[word], (1 + math.log(count)) * rarity[word])
            for row, words in enumerate(texts)
            for word, count in words.items()
            if word in column
        ]
        numbers, columns, values = zip(*cells, strict=True)
        matrix = csr_matrix((values, (numbers, columns)), shape=(len(texts), len(column)))
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return diags(1 / np.maximum(lengths, 1e-9)) @ matrix

    return np.asarray((rows([Counter(_words(line)) for line in questions]) @ rows(counted).T).todense())


def _words(line: Line) -> list[str]:
    return re.findall(r"\w+", f"{line.get('title') or ''} {line.get('text') or ''}".lower())
