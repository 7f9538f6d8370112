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

from marketplace.relevance.tokens import TOPIC_MARK, Document, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K1 = 1.2
B = 0.75
# Title, tags (with the topics found anywhere), body.
FIELD_WEIGHTS = (3.0, 2.0, 1.0)


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

    `starts` has one number more than there are terms: term `n` owns `starts[n]` up to `starts[n + 1]`
    of `documents` (ascending) and `impacts` (idf times saturated weight).
    """

    size: int
    numbers: Mapping[str, int]
    starts: "NDArray[np.int64]"
    documents: "NDArray[np.int32]"
    impacts: "NDArray[np.float64]"

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
    weights = (table[:, 2:] / _length_norms(lengths)[table[:, 1]]) @ np.array(FIELD_WEIGHTS)
    rarity = np.log1p((len(documents) - holders + 0.5) / (holders + 0.5))
    return Postings(
        size=len(documents),
        numbers=numbers,
        starts=np.concatenate([[0], np.cumsum(holders)]),
        documents=table[:, 1].copy(),
        impacts=rarity[table[:, 0]] * weights / (K1 + weights),
    )


def _length_norms(lengths: Sequence[Sequence[int]]) -> "NDArray[np.float64]":
    """By document and field 1 - b + b * length / mean length, the divisor of the counts."""
    import numpy as np  # noqa: PLC0415

    table = np.array(lengths, dtype=float).reshape(-1, len(FIELD_WEIGHTS))
    means = table.mean(axis=0) if len(table) else np.ones(len(FIELD_WEIGHTS))
    return 1 - B + B * table / np.where(means > 0, means, 1)


def weigh_terms(question: Document) -> dict[str, float]:
    """How much each term of a question counts: log(1 + field-weighted count); repeating adds ever less."""
    fields = count_terms(question)
    return {
        term: math.log1p(sum(weight * field[term] for weight, field in zip(FIELD_WEIGHTS, fields, strict=True)))
        for term in {**fields[0], **fields[1], **fields[2]}
    }
