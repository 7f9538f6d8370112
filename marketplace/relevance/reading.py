"""Many texts at once as numbers: which word stands where, which are neighbours, which name a topic. Pure.

It finds the same terms as tokens.terms, some twenty times faster: a word is cut and folded once however often it
stands, and pairs are counted by numpy.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.relevance.tokens import TOPIC_MARK, Document, is_joined, names_of_topics, shouts, stem
from marketplace.text import nfc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE, TAGS, BODY = range(3)
FIELD_COUNT = 3
_WORD = re.compile(r"([^\W_]+)")
# A pair is one number: that of its first word in the upper half, that of its second in the lower.
_UPPER = 32


@dataclass(frozen=True)
class Vocabulary:
    """The number of each term: of words and topics by name, then of the pairs in `pairs` (ascending)."""

    words: Mapping[str, int]
    pairs: "NDArray[np.int64]"

    def __len__(self) -> int:
        return len(self.words) + len(self.pairs)

    def numbers(self, terms: Sequence[str]) -> "NDArray[np.int64]":
        """The numbers of terms as tokens.terms names them; -1 for one that no text holds."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        known = self.words.get
        numbers = np.array([known(term, -1) for term in terms], dtype=np.int64)
        asked, pairs = [], []
        for place in (numbers < 0).nonzero()[0].tolist():
            left, _, right = terms[place].partition(" ")
            first, second = known(left, -1), known(right, -1)
            if first >= 0 and second >= 0:
                asked.append(place)
                pairs.append((first << _UPPER) + second)
        if asked and len(self.pairs):
            wanted = np.array(pairs, dtype=np.int64)
            places = np.minimum(self.pairs.searchsorted(wanted), len(self.pairs) - 1)
            numbers[asked] = np.where(self.pairs[places] == wanted, len(self.words) + places, -1)
        return numbers

    def names(self) -> Iterator[str]:
        """The terms in the order of their numbers."""
        names = list(self.words)
        yield from names
        for pair in self.pairs.tolist():
            yield f"{names[pair >> _UPPER]} {names[pair & 0xFFFFFFFF]}"


@dataclass(frozen=True)
class Occurrences:
    """Each time a term stands in a text: its number, and the text * FIELD_COUNT + field. Topics stand in the tags."""

    vocabulary: Vocabulary
    terms: "NDArray[np.int32]"
    places: "NDArray[np.int32]"


def read(documents: Iterable[Document]) -> Occurrences:
    """The terms of all documents, numbered in their order."""
    import numpy as np  # noqa: PLC0415

    reader = _Reader()
    for number, document in enumerate(documents):
        reader.read(document, number)
    words, joined, cells = reader.arrays()
    pairs, inverse = np.unique(
        (words[:-1][joined[1:]].astype(np.int64) << _UPPER) + words[1:][joined[1:]], return_inverse=True
    )
    topics, named_in = reader.topics(words, cells)
    vocabulary = Vocabulary(reader.numbers, pairs)
    terms = np.concatenate([words, (inverse + len(reader.numbers)).astype(np.int32), topics])
    return Occurrences(vocabulary, terms, np.concatenate([cells, cells[1:][joined[1:]], named_in]))


class _Surfaces(dict[str, int]):
    """Words as written, each with the number of its term, which is made when the word is first seen."""

    def __init__(self, numbers: dict[str, int]):
        super().__init__()
        self._numbers = numbers

    def __missing__(self, word: str) -> int:
        number = self[word] = self._numbers.setdefault(stem(word), len(self._numbers))
        return number


class _Gaps(dict[str, bool]):
    """Whether words with this between them are neighbours."""

    def __missing__(self, gap: str) -> bool:
        joined = self[gap] = is_joined(gap)
        return joined


class _Reader:
    """Texts put one after the other: their words as numbers, and whether each stands next to the one before."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._surfaces, self._gaps = _Surfaces(self.numbers), _Gaps()
        self._names, self._abbreviations = self._topics_by_number()
        self._words, self._joined = array("i"), array("b")
        self._lengths, self._cells = array("i"), array("i")
        # by place among all words the topics of abbreviations, which count only as they are written
        self._short: dict[int, int] = {}

    def _topics_by_number(self) -> tuple[dict[int, list[tuple[tuple[int, ...], int]]], dict[str, int]]:
        names, abbreviations = names_of_topics()
        spoken = {
            self._number(first): [
                (tuple(self._number(term) for term in name), self._number(TOPIC_MARK + topic)) for name, topic in each
            ]
            for first, each in names.items()
        }
        return spoken, {short: self._number(TOPIC_MARK + topic) for short, topic in abbreviations.items()}

    def _number(self, term: str) -> int:
        return self.numbers.setdefault(term, len(self.numbers))

    def read(self, document: Document, number: int) -> None:
        """Put the fields of a document after what was read before."""
        self._read(document.title, number * FIELD_COUNT + TITLE)
        for tag in document.tags:
            self._read(tag, number * FIELD_COUNT + TAGS)
        self._read(document.body, number * FIELD_COUNT + BODY)

    def _read(self, text: str, cell: int) -> None:
        composed = nfc(text)
        parts = _WORD.split(composed)
        words, gaps = parts[1::2], parts[:-1:2]
        if not words:
            return
        if not self._abbreviations.keys().isdisjoint(words) and not shouts(words, composed):
            found = ((at, self._abbreviations.get(word)) for at, word in enumerate(words, start=len(self._words)))
            self._short.update((at, topic) for at, topic in found if topic is not None)
        self._words.extend(map(self._surfaces.__getitem__, words))
        self._joined.append(False)
        self._joined.extend(map(self._gaps.__getitem__, gaps[1:]))
        self._lengths.append(len(words))
        self._cells.append(cell)

    def arrays(self) -> "tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.int32]]":
        """By place the word, whether it is joined to the one before, and document * FIELD_COUNT + field."""
        import numpy as np  # noqa: PLC0415

        cells = np.repeat(np.array(self._cells, dtype=np.int32), np.array(self._lengths, dtype=np.int64))
        return np.array(self._words, dtype=np.int32), np.array(self._joined, dtype=np.bool_), cells

    def topics(
        self, words: "NDArray[np.int32]", cells: "NDArray[np.int32]"
    ) -> "tuple[NDArray[np.int32], NDArray[np.int32]]":
        """The topics that the words name, and the tags (as a cell) of the document of each; the longest name wins."""
        import numpy as np  # noqa: PLC0415

        begins = np.zeros(len(self.numbers), dtype=np.bool_)
        begins[list(self._names)] = True
        asked = begins[words]
        asked[list(self._short)] = True
        found, places = array("i"), array("i")
        free = 0
        for at in np.flatnonzero(asked).tolist():
            if at >= free:
                topic, length = self._topic_at(at)
                if length:
                    found.append(topic)
                    places.append(at)
                    free = at + length
        within = cells[np.array(places, dtype=np.int32)]
        return np.array(found, dtype=np.int32), within - within % FIELD_COUNT + np.int32(TAGS)

    def _topic_at(self, at: int) -> tuple[int, int]:
        """The topic that the words from `at` on name, and how many words do; 0 words for none."""
        for spoken, topic in self._names.get(self._words[at], ()):
            last = at + len(spoken)
            if tuple(self._words[at:last]) == spoken and all(self._joined[at + 1 : last]):
                return topic, len(spoken)
        short = self._short.get(at)
        return (short, 1) if short is not None else (0, 0)
