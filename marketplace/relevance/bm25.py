"""BM25F: how well each document answers a weighted set of terms, and which term gave what. Pure.

Robertson, Zaragoza & Taylor (2004), "Simple BM25 extension to multiple weighted fields": the counts of a
term in the fields are added up, weighted and corrected for length, before they saturate.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from marketplace.relevance.counting import Table, count
from marketplace.relevance.latent import MOST_TERMS
from marketplace.relevance.reading import FIELD_COUNT, Vocabulary, read
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
# A term in more than this share of many documents is kept as a line of all documents too.
COMMON, FEWEST_COMMON = 1 / 16, 5_000


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
class Yardstick:
    """What all documents together are like: how many, their mean lengths by field, and what a rare term is worth.

    `columns` has the place of each term among the MOST_TERMS most common ones, or -1.
    """

    size: int
    mean_lengths: "NDArray[np.float64]"
    vocabulary: Vocabulary
    rarities: "NDArray[np.float64]"
    columns: "NDArray[np.int32]"

    @property
    def unseen(self) -> float:
        """The rarity of a term that no document holds."""
        return math.log1p((self.size + 0.5) / 0.5)

    def own_score(self, question: Document) -> float:
        """What the question would score against itself as a document: the divisor that makes questions comparable."""
        fields = count_terms(question)
        shares = [
            weight / (1 - B + B * field.total() / mean if mean > 0 else 1.0)
            for weight, field, mean in zip(FIELD_WEIGHTS, fields, self.mean_lengths.tolist(), strict=True)
        ]
        total = 0.0
        for term, weight in sorted(weigh_terms(question).items()):
            said = sum(share * field[term] for share, field in zip(shares, fields, strict=True))
            number = self.vocabulary.number(term)
            rarity = self.unseen if number is None else float(self.rarities[number])
            total += weight * rarity * said / (K1 + said)
        return total

    def columns_of(self, weights: Mapping[str, float]) -> "tuple[NDArray[np.int64], NDArray[np.float64]]":
        """The columns that weighted terms have, and their weights there."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        known = [
            (column, weights[term] * float(self.rarities[number]))
            for term in sorted(weights)
            if (number := self.vocabulary.number(term)) is not None and (column := int(self.columns[number])) >= 0
        ]
        return np.array([c for c, _ in known], dtype=np.int64), np.array([w for _, w in known], dtype=np.float64)


@dataclass(frozen=True)
class Postings:
    """For each term the documents that hold it and what it adds to their scores, one term after the other.

    Term `n` owns `starts[n]` up to `starts[n + 1]` of `documents` (ascending) and `impacts` (rarity times saturated
    weight).
    """

    size: int
    vocabulary: Vocabulary
    starts: "NDArray[np.int64]"
    documents: "NDArray[np.int32]"
    impacts: "NDArray[np.float32]"

    @cached_property
    def common(self) -> "dict[int, NDArray[np.float32]]":
        """By number of each term that so many documents hold that a line of all is quicker: its impact on every one."""
        import numpy as np  # noqa: PLC0415

        counts = np.diff(self.starts)
        rows: dict[int, NDArray[np.float32]] = {}
        for number in np.flatnonzero(counts > max(FEWEST_COMMON, self.size * COMMON)).tolist():
            own = slice(int(self.starts[number]), int(self.starts[number + 1]))
            rows[number] = np.zeros(self.size, dtype=np.float32)
            rows[number][self.documents[own]] = self.impacts[own]
        return rows

    def asked(self, weights: Mapping[str, float]) -> "Asked":
        """Those of the weighted terms that a document holds; alphabetically, so that equal questions round alike."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        numbers = {term: self.vocabulary.number(term) for term in sorted(weights)}
        known = {term: number for term, number in numbers.items() if number is not None}
        return Asked(
            terms=tuple(known),
            numbers=np.array(list(known.values()), dtype=np.int64),
            weights=np.array([weights[term] for term in known], dtype=np.float32),
        )

    def score(self, asked: "Asked") -> "NDArray[np.float64]":
        """The score of every document for the terms; 0 where none matches."""
        import numpy as np  # noqa: PLC0415

        scores = np.zeros(self.size)
        begins, ends = self.starts[asked.numbers].tolist(), self.starts[asked.numbers + 1].tolist()
        for number, weight, begin, end in zip(asked.numbers.tolist(), asked.weights, begins, ends, strict=True):
            if number in self.common:
                scores += self.common[number] * weight
            else:
                scores[self.documents[begin:end]] += self.impacts[begin:end] * weight
        return scores

    def contributions(self, asked: "Asked", held: Mapping[int, Sequence[str]]) -> dict[int, dict[str, float]]:
        """What terms add to the score: for each of a few documents those of the terms asked that it holds."""
        import numpy as np  # noqa: PLC0415

        at = {term: place for place, term in enumerate(asked.terms)}
        places = np.array([at[term] for terms_held in held.values() for term in sorted(terms_held)], dtype=np.int64)
        wanted = np.repeat(np.array(list(held), dtype=np.int32), [len(terms_held) for terms_held in held.values()])
        low, high = self.starts[asked.numbers[places]], self.starts[asked.numbers[places] + 1]
        # Binary searches for all documents in the lists of their terms, side by side; each document is in its list.
        while (open_ones := high - low > 1).any():
            middle = (low + high) // 2
            is_after = open_ones & (self.documents[middle] > wanted)
            low, high = np.where(open_ones & ~is_after, middle, low), np.where(is_after, middle, high)
        gains = iter((self.impacts[low] * asked.weights[places]).tolist())
        return {document: {term: next(gains) for term in sorted(terms_held)} for document, terms_held in held.items()}


class Asked(NamedTuple):
    """Terms of a question that a vocabulary knows, their numbers and weights."""

    terms: tuple[str, ...]
    numbers: "NDArray[np.int64]"
    weights: "NDArray[np.float32]"


class Posted(NamedTuple):
    """Documents ready to be asked, what they are measured by, and the same as TF-IDF over the yardstick's columns."""

    postings: Postings
    yardstick: Yardstick
    matrix: "csr_matrix"


def post(documents: Sequence[Document], yardstick: Yardstick | None = None) -> Posted:
    """Count, weigh and sort the terms of all documents; by a `yardstick` of others, or by their own."""
    found = read(documents)
    table = count(found, len(documents))
    if yardstick is None:
        yardstick = _measure(table, found.vocabulary)
        rarities, columns = yardstick.rarities, yardstick.columns
    else:
        rarities, columns = _translated(found.vocabulary, yardstick)
    weights = table.weigh(FIELD_WEIGHTS, norms=_length_norms(table.lengths, yardstick.mean_lengths))
    postings = Postings(
        size=len(documents),
        vocabulary=found.vocabulary,
        starts=table.starts,
        documents=table.documents,
        impacts=(rarities[table.terms] * weights / (K1 + weights)).astype("float32"),
    )
    return Posted(postings, yardstick, _matrix(table, rarities, columns))


def _measure(table: Table, vocabulary: Vocabulary) -> Yardstick:
    import numpy as np  # noqa: PLC0415

    size, holders = len(table.lengths), np.diff(table.starts)
    common = np.argsort(-holders, kind="stable")[:MOST_TERMS]
    columns = np.full(len(holders), -1, dtype=np.int32)
    columns[common] = np.arange(len(common), dtype=np.int32)
    return Yardstick(
        size=size,
        mean_lengths=table.lengths.mean(axis=0) if size else np.ones(FIELD_COUNT),
        vocabulary=vocabulary,
        rarities=np.log1p((size - holders + 0.5) / (holders + 0.5)),
        columns=columns,
    )


def _translated(vocabulary: Vocabulary, yardstick: Yardstick) -> "tuple[NDArray[np.float64], NDArray[np.int32]]":
    """What the terms of another vocabulary are worth by a yardstick, and their columns there."""
    import numpy as np  # noqa: PLC0415

    numbers = [yardstick.vocabulary.number(name) for name in vocabulary.names()]
    known = np.array([-1 if number is None else number for number in numbers], dtype=np.int64)
    rarities = np.append(yardstick.rarities, yardstick.unseen)[known]
    return rarities, np.append(yardstick.columns, np.int32(-1))[known]


def _matrix(table: Table, rarities: "NDArray[np.float64]", columns: "NDArray[np.int32]") -> "csr_matrix":
    """Documents by columns: the logarithm of the weighted counts times the rarity, rows of length 1."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    kept = columns[table.terms] >= 0
    terms, documents = table.terms[kept], table.documents[kept]
    values = np.log1p(table.weigh(FIELD_WEIGHTS)[kept]) * rarities[terms]
    lengths = np.sqrt(np.bincount(documents, values**2, minlength=len(table.lengths)))
    values = (values / np.where(lengths > 0, lengths, 1)[documents]).astype(np.float32)
    width = min(MOST_TERMS, int(columns.max(initial=-1)) + 1)
    return csr_matrix((values, (documents, columns[terms])), shape=(len(table.lengths), width))


def _length_norms(lengths: "NDArray[np.float64]", means: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """By document and field 1 - b + b * length / mean length, the divisor of the counts."""
    import numpy as np  # noqa: PLC0415

    return 1 - B + B * lengths / np.where(means > 0, means, 1)


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
