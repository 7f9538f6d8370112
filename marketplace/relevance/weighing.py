"""One question weighed against every document: its words exactly, the whole score from above, and exactly for a few.

Pure. What is looked at exactly decides no score: the same document has the same one in whatever company.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from marketplace.relevance.bm25 import Asked, Question
from marketplace.relevance.latent import direction
from marketplace.relevance.segments import Measure, Segment
from marketplace.relevance.vectors import joined
from marketplace.relevance.weights import LATENT_WEIGHT, VECTOR_WEIGHT, WORDS_WEIGHT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Aim:
    """Where a question lies in the space of the segments' `kind`; a cosine of `floor` or less is worth nothing."""

    kind: str
    place: "NDArray[np.float32]"
    weight: float
    floor: float = 0.0

    def worth(self, cosines: "NDArray[np.floating]") -> "NDArray[np.floating]":
        """What cosines add to a score: E5 gives even strangers .7 to .85, so what is above the mean text's counts."""
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        found = cosines - self.floor
        np.maximum(found, 0, out=found)
        found *= self.weight / max(1 - self.floor, 1e-6)
        return found


def weigh(segments: Sequence[Segment], measure: Measure, questions: Sequence[Question]) -> "list[Weighing]":
    """Several questions at once, since fetching all places costs as much as multiplying them with a few."""
    import numpy as np  # noqa: PLC0415

    aims = [list(_aims(measure, question)) for question in questions]
    near: list[dict[str, NDArray[np.float32]]] = [{} for _ in questions]
    for kind in sorted({aim.kind for own in aims for aim in own}):
        asked = [(at, aim.place) for at, own in enumerate(aims) for aim in own if aim.kind == kind]
        places = np.array([place for _, place in asked], dtype=np.float32)
        found = np.concatenate([_ceilings(segment, kind, places) for segment in segments], axis=1)
        for (at, _), line in zip(asked, found, strict=True):
            near[at][kind] = line
    return [Weighing(segments, measure, *each) for each in zip(questions, aims, near, strict=True)]


def _ceilings(segment: Segment, kind: str, asked: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """As places.Codes says; texts that have no places of this kind are near nothing."""
    import numpy as np  # noqa: PLC0415

    if kind in segment.places:
        return segment.places[kind].ceilings(asked)
    return np.zeros((len(asked), len(segment.documents)), dtype=np.float32)


def _aims(measure: Measure, question: Question) -> Iterator[Aim]:
    if measure.basis is not None:
        yield Aim("latent", direction(measure.basis, *measure.yardstick.columns_of(question)), LATENT_WEIGHT)
    if measure.embedder is not None and measure.middle is not None and question.terms:
        place = measure.embedder.query(joined(question.text))
        yield Aim("vectors", place, VECTOR_WEIGHT, floor=float(measure.middle @ place))


class Weighing:
    """The scores of all documents for one question, 0 to 1."""

    def __init__(
        self,
        segments: Sequence[Segment],
        measure: Measure,
        question: Question,
        aims: Sequence[Aim],
        near: "dict[str, NDArray[np.float32]]",
    ):
        self.question = question
        self._segments, self._aims, self._near = segments, aims, near
        self._own = measure.yardstick.own_score(question)
        self._most = WORDS_WEIGHT + sum(aim.weight for aim in aims)

    @cached_property
    def asked(self) -> list[Asked]:
        """By segment the terms of the question that it knows."""
        return [segment.postings.asked(self.question) for segment in self._segments]

    @cached_property
    def words(self) -> "NDArray[np.float32]":
        """By document what the shared words give."""
        import numpy as np  # noqa: PLC0415

        said = zip(self._segments, self.asked, strict=True)
        return np.concatenate([segment.postings.score(asked) for segment, asked in said])

    @cached_property
    def ceilings(self) -> "NDArray[np.float32]":
        """By document a score that its own is not above."""
        found = self.words * (WORDS_WEIGHT / (self._own or 1.0))
        for aim in self._aims:
            found += aim.worth(self._near[aim.kind])
        found /= self._most
        return found

    def exact(self, documents: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """By each of these documents its score, rounded: in other company the last bits may differ."""
        import numpy as np  # noqa: PLC0415

        found = self.words[documents].astype(np.float64) * (WORDS_WEIGHT / (self._own or 1.0))
        first = 0
        for segment in self._segments:
            own = ((documents >= first) & (documents < first + len(segment.documents))).nonzero()[0]
            if len(own):
                for aim in self._aims:
                    if aim.kind in segment.places:
                        found[own] += aim.worth(segment.places[aim.kind].exact(documents[own] - first, aim.place))
            first += len(segment.documents)
        return np.round(found / self._most, 10)
