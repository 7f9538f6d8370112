"""BM25F: how well each document answers a weighted set of terms, and which term gave what. Pure.

Robertson, Zaragoza & Taylor (2004), "Simple BM25 extension to multiple weighted fields": the counts of a
term in the fields are added up, weighted and corrected for length, before they saturate.
"""

import math
from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.relevance.latent import MOST_TERMS
from marketplace.relevance.tokens import TOPIC_MARK, Document, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

K1 = 1.2
B = 0.75
# Title, tags (with the topics found anywhere), body.
FIELD_WEIGHTS = (3.0, 2.0, 1.0)
TOPIC_WEIGHT = 2.0


FieldCounts = tuple[Counter[str], Counter[str], Counter[str]]


def count_terms(document: Document) -> FieldCounts:
    """How often each term stands in the title, the tags and the body; every topic counts as a tag."""
    title = Counter(term.name for term in terms(document.title))
    body = Counter(term.name for term in terms(document.body))
    tags = Counter(term.name for tag in document.tags for term in terms(tag))
    for field in (title, body):
        for name in [name for name in field if name.startswith(TOPIC_MARK)]:
            tags[name] += field.pop(name)
    return title, tags, body


@dataclass(frozen=True)
class Postings:
    """For each term the documents that hold it and what it adds to their scores, one term after the other.

    `starts` has one number more than there are terms: term `n` owns `starts[n]` up to `starts[n + 1]` of `documents`
    (ascending) and `impacts` (idf times saturated weight). `matrix` is the same as TF-IDF (documents by their most
    common terms, rows of length 1), `columns` the place of each term in it, or -1.
    """

    size: int
    numbers: Mapping[str, int]
    starts: "NDArray[np.int64]"
    documents: "NDArray[np.int32]"
    impacts: "NDArray[np.float64]"
    rarities: "NDArray[np.float64]"
    mean_lengths: "NDArray[np.float64]"
    matrix: "csr_matrix"
    columns: "NDArray[np.int32]"

    def score(self, weights: Mapping[str, float]) -> "NDArray[np.float64]":
        """The score of every document for the weighted terms; 0 where none matches."""
        # numpy costs 20 MB and 0.1 s: a web process that never ranks need not pay for them.
        import numpy as np  # noqa: PLC0415

        scores = np.zeros(self.size)
        # In alphabetical order, so that equal questions round in the same way.
        for term in sorted(weights.keys() & self.numbers.keys()):
            own = self._slice(term)
            scores[self.documents[own]] += weights[term] * self.impacts[own]
        return scores

    def contributions(self, weights: Mapping[str, float], documents: Collection[int]) -> dict[int, dict[str, float]]:
        """What each matching term adds to the score, for each of a few documents."""
        import numpy as np  # noqa: PLC0415

        wanted = np.zeros(self.size, dtype=bool)
        wanted[list(documents)] = True
        added: dict[int, dict[str, float]] = {document: {} for document in documents}
        for term in sorted(weights.keys() & self.numbers.keys()):
            own = self._slice(term)
            hits = wanted[self.documents[own]]
            gains = (weights[term] * self.impacts[own][hits]).tolist()
            for document, gain in zip(self.documents[own][hits].tolist(), gains, strict=True):
                added[document][term] = gain
        return added

    def own_score(self, question: Document) -> float:
        """What the question would score against itself as a document: the divisor that makes questions comparable."""
        fields = count_terms(question)
        shares = [
            weight / (1 - B + B * field.total() / mean if mean > 0 else 1.0)
            for weight, field, mean in zip(FIELD_WEIGHTS, fields, self.mean_lengths.tolist(), strict=True)
        ]
        total = 0.0
        unseen = math.log1p((self.size + 0.5) / 0.5)
        for term, weight in sorted(weigh_terms(question).items()):
            said = sum(share * field[term] for share, field in zip(shares, fields, strict=True))
            rarity = float(self.rarities[self.numbers[term]]) if term in self.numbers else unseen
            total += weight * rarity * said / (K1 + said)
        return total

    def columns_of(self, weights: Mapping[str, float]) -> "tuple[NDArray[np.int64], NDArray[np.float64]]":
        """The columns of the matrix that weighted terms have, and their weights there."""
        import numpy as np  # noqa: PLC0415

        known = [
            (column, weights[term] * float(self.rarities[number]))
            for term in sorted(weights)
            if (number := self.numbers.get(term)) is not None and (column := int(self.columns[number])) >= 0
        ]
        return np.array([c for c, _ in known], dtype=np.int64), np.array([w for _, w in known], dtype=np.float64)

    def _slice(self, term: str) -> slice:
        number = self.numbers[term]
        return slice(int(self.starts[number]), int(self.starts[number + 1]))


def post(documents: Sequence[Document]) -> Postings:
    """Count, weigh and sort the terms of all documents."""
    import numpy as np  # noqa: PLC0415

    numbers: dict[str, int] = {}
    lengths: list[list[int]] = []
    cells = array("i")  # five by five, since Python's own lists would take ten times the room
    for number, document in enumerate(documents):
        fields = title, tags, body = count_terms(document)
        lengths.append([field.total() for field in fields])
        for term in {**title, **tags, **body}:
            own_number = numbers.setdefault(term, len(numbers))
            cells.extend((own_number, number, title[term], tags[term], body[term]))
    table = np.array(cells, dtype=np.int32).reshape(-1, 5)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    holders = np.bincount(table[:, 0], minlength=len(numbers))
    means = _mean_lengths(lengths)
    weights = (table[:, 2:] / _length_norms(lengths, means)[table[:, 1]]) @ np.array(FIELD_WEIGHTS)
    rarity = np.log1p((len(documents) - holders + 0.5) / (holders + 0.5))
    columns, matrix = _matrix(table, holders, rarity, size=len(documents))
    return Postings(
        size=len(documents),
        numbers=numbers,
        starts=np.concatenate([[0], np.cumsum(holders)]),
        documents=table[:, 1].copy(),
        impacts=rarity[table[:, 0]] * weights / (K1 + weights),
        rarities=rarity,
        mean_lengths=means,
        matrix=matrix,
        columns=columns,
    )


def _matrix(
    table: "NDArray[np.int32]", holders: "NDArray[np.int64]", rarity: "NDArray[np.float64]", *, size: int
) -> "tuple[NDArray[np.int32], csr_matrix]":
    """The columns of the MOST_TERMS most common terms, the most common first, and the matrix over them."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix, diags_array  # noqa: PLC0415

    common = np.argsort(-holders, kind="stable")[:MOST_TERMS]
    columns = np.full(len(holders), -1, dtype=np.int32)
    columns[common] = np.arange(len(common), dtype=np.int32)
    kept = table[columns[table[:, 0]] >= 0]
    counts = np.log1p(kept[:, 2:] @ np.array(FIELD_WEIGHTS)) * rarity[kept[:, 0]]
    matrix = csr_matrix((counts, (kept[:, 1], columns[kept[:, 0]])), shape=(size, len(common)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return columns, csr_matrix(diags_array(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def _mean_lengths(lengths: Sequence[Sequence[int]]) -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415

    table = np.array(lengths, dtype=float).reshape(-1, len(FIELD_WEIGHTS))
    return table.mean(axis=0) if len(table) else np.ones(len(FIELD_WEIGHTS))


def _length_norms(lengths: Sequence[Sequence[int]], means: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """By document and field 1 - b + b * length / mean length, the divisor of the counts."""
    import numpy as np  # noqa: PLC0415

    table = np.array(lengths, dtype=float).reshape(-1, len(FIELD_WEIGHTS))
    return 1 - B + B * table / np.where(means > 0, means, 1)


def weigh_terms(question: Document) -> dict[str, float]:
    """How much each term of a question counts: log(1 + field-weighted count); repeating adds ever less.

    A topic stands for the several words that name it in another language, so it counts TOPIC_WEIGHT times.
    """
    fields = count_terms(question)
    return {
        term: (TOPIC_WEIGHT if term.startswith(TOPIC_MARK) else 1.0)
        * math.log1p(sum(weight * field[term] for weight, field in zip(FIELD_WEIGHTS, fields, strict=True)))
        for term in {**fields[0], **fields[1], **fields[2]}
    }
