"""BM25F: how well each document answers a weighted set of terms, and which term gave what. Pure.

Robertson, Zaragoza & Taylor (2004), "Simple BM25 extension to multiple weighted fields": the counts of a
term in the fields are added up, weighted and corrected for length, before they saturate.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from marketplace.relevance.counting import Table, count
from marketplace.relevance.latent import MOST_TERMS
from marketplace.relevance.reading import FIELD_COUNT, Vocabulary, read
from marketplace.relevance.tokens import TOPIC_MARK, Document, every_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

K1 = 1.2
B = 0.75
# Title, tags (with the topics found anywhere), body.
FIELD_WEIGHTS = (3.0, 2.0, 1.0)
TOPIC_WEIGHT = 2.0


class Question:
    """A text that asks: its terms in alphabetical order, so that equal questions round alike, with counts by field.

    A term's weight is log(1 + field-weighted count), as repeating adds ever less. A topic stands for the several words
    that name it in another language, so it counts TOPIC_WEIGHT times.
    """

    def __init__(self, text: Document):
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        self.text = text
        # the vocabulary that was asked last, and its answer
        self._numbers: tuple[Vocabulary | None, NDArray[np.int64]] = None, np.zeros(0, dtype=np.int64)
        fields = count_terms(text)
        self.terms = sorted(set().union(*fields))
        columns = [[field.get(term, 0) for term in self.terms] for field in fields]
        self.counts = np.ascontiguousarray(np.array(columns, dtype=np.int64).T)
        topics = np.array([term.startswith(TOPIC_MARK) for term in self.terms], dtype=np.bool_)
        self.weights = np.where(topics, TOPIC_WEIGHT, 1.0) * np.log1p(self.counts @ np.array(FIELD_WEIGHTS))

    @cached_property
    def names(self) -> frozenset[str]:
        """Its terms, to look one up; whose pairs are there, their words are there too."""
        return frozenset(self.terms)

    def numbers_in(self, vocabulary: Vocabulary) -> "NDArray[np.int64]":
        """The numbers of its terms; -1 for one that the vocabulary does not hold."""
        if self._numbers[0] is not vocabulary:
            self._numbers = vocabulary, vocabulary.numbers(self.terms)
        return self._numbers[1]


def count_terms(text: Document) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each term stands in the title, the tags and the body; every topic counts as a tag."""
    title, body = Counter(every_name(text.title)), Counter(every_name(text.body))
    tags = Counter(name for tag in text.tags for name in every_name(tag))
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

    def own_score(self, question: Question) -> float:
        """What the question would score against itself as a document: the divisor that makes questions comparable."""
        import numpy as np  # noqa: PLC0415

        lengths = question.counts.sum(axis=0)
        norms = 1 - B + B * lengths / np.where(self.mean_lengths > 0, self.mean_lengths, np.maximum(lengths, 1))
        said = question.counts @ (np.array(FIELD_WEIGHTS) / norms)
        rarities = self.rarities_of(question.numbers_in(self.vocabulary))
        return float(np.sum(question.weights * rarities * said / (K1 + said)))

    def rarities_of(self, numbers: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """What terms with these numbers are worth; -1 is a term that no document holds."""
        return _looked_up(self.rarities, numbers, self.unseen)

    def columns_of(self, question: Question) -> "tuple[NDArray[np.int64], NDArray[np.float64]]":
        """The columns that the terms of a question have, and their weights there."""
        numbers = question.numbers_in(self.vocabulary)
        columns = _looked_up(self.columns, numbers, -1)
        known = columns >= 0
        return columns[known].astype("int64"), question.weights[known] * self.rarities[numbers[known]]


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

    def asked(self, question: Question) -> "Asked":
        """Those of a question's terms that a document holds."""
        numbers = question.numbers_in(self.vocabulary)
        known = (numbers >= 0).nonzero()[0]
        return Asked(
            at={question.terms[at]: place for place, at in enumerate(known.tolist())},
            numbers=numbers[known],
            weights=question.weights[known],
        )

    def score(self, asked: "Asked") -> "NDArray[np.float32]":
        """The score of every document for the terms; 0 where none matches.

        A product of a matrix (documents by the terms asked) with their weights, column by column, where the columns
        lie: csc_array would have them copied together first, which costs as much as the sums.
        """
        import numpy as np  # noqa: PLC0415
        from scipy.sparse._sparsetools import csc_matvec  # noqa: PLC0415

        found = np.zeros(self.size, dtype=np.float32)
        begins, ends = self.starts[asked.numbers].tolist(), self.starts[asked.numbers + 1].tolist()
        spans = np.array([begins, ends], dtype=np.int32).T - np.array(begins, dtype=np.int32)[:, None]
        weights = asked.weights.astype(np.float32)
        for at, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            column = self.documents[begin:end], self.impacts[begin:end]
            csc_matvec(self.size, 1, spans[at], *column, weights[at : at + 1], found)
        return found

    def holders(self, term: str) -> "NDArray[np.int32]":
        """The documents that hold a term."""
        number = int(self.vocabulary.numbers([term])[0])
        return self.documents[self.starts[number] : self.starts[number + 1]] if number >= 0 else self.documents[:0]

    def contributions(self, asked: "Asked", held: Mapping[int, Sequence[str]]) -> dict[int, dict[str, float]]:
        """What terms add to the score: for each of a few documents those of the terms asked that it holds."""
        import numpy as np  # noqa: PLC0415

        ordered = {document: sorted(terms_held) for document, terms_held in held.items()}
        places = np.array([asked.at[term] for terms_held in ordered.values() for term in terms_held], dtype=np.int64)
        wanted = np.repeat(np.array(list(held), dtype=np.int32), [len(terms_held) for terms_held in held.values()])
        low, high = self.starts[asked.numbers[places]], self.starts[asked.numbers[places] + 1]
        # Binary searches for all documents in the lists of their terms, side by side; each document is in its list.
        while (open_ones := high - low > 1).any():
            middle = (low + high) // 2
            is_after = open_ones & (self.documents[middle] > wanted)
            low, high = np.where(open_ones & ~is_after, middle, low), np.where(is_after, middle, high)
        gains = iter((self.impacts[low].astype(np.float64) * asked.weights[places]).tolist())
        return {document: {term: next(gains) for term in terms_held} for document, terms_held in ordered.items()}


@dataclass(frozen=True)
class Asked:
    """Terms of a question that a vocabulary knows with their places here, their numbers and weights."""

    at: Mapping[str, int]
    numbers: "NDArray[np.int64]"
    weights: "NDArray[np.float64]"


class Posted(NamedTuple):
    """Documents ready to be asked, what they are measured by, and the same as TF-IDF over the yardstick's columns."""

    postings: Postings
    yardstick: Yardstick
    matrix: "csr_matrix"


def post(documents: Sequence[Document], yardstick: Yardstick | None = None) -> Posted:
    """Count, weigh and sort the terms of all documents; by a `yardstick` of others, or by their own."""
    found = read(documents)
    vocabulary = found.vocabulary
    table = count(found, len(documents))
    del found  # of a large city half a gigabyte
    if yardstick is None:
        yardstick = _measure(table, vocabulary)
        rarities, columns = yardstick.rarities, yardstick.columns
    else:
        rarities, columns = _translated(vocabulary, yardstick)
    weights = table.weigh(FIELD_WEIGHTS, norms=_length_norms(table.lengths, yardstick.mean_lengths))
    postings = Postings(
        size=len(documents),
        vocabulary=vocabulary,
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
    numbers = yardstick.vocabulary.numbers(list(vocabulary.names()))
    return yardstick.rarities_of(numbers), _looked_up(yardstick.columns, numbers, -1)


def _looked_up(values: "NDArray[Any]", numbers: "NDArray[np.int64]", missing: float) -> "NDArray[Any]":
    """The values at these places, `missing` for -1."""
    import numpy as np  # noqa: PLC0415

    if not len(values):
        return np.full(len(numbers), missing, dtype=values.dtype)
    return np.where(numbers >= 0, values[numbers], np.array(missing, dtype=values.dtype))


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
