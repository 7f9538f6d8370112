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
from marketplace.relevance.weights import CHOSEN, Weights

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


def weigh(
    segments: Sequence[Segment], measure: Measure, questions: Sequence[Question], weights: Weights = CHOSEN
) -> "list[Weighing]":
    """Several questions at once, since fetching all places costs as much as multiplying them with a few."""
    import numpy as np  # noqa: PLC0415

    aims = [list(_aims(measure, question, weights)) for question in questions]
    near: list[list[tuple[Aim, NDArray[np.float32]]]] = [[] for _ in questions]
    for kind in sorted({aim.kind for own in aims for aim in own}):
        asked = [(at, aim) for at, own in enumerate(aims) for aim in own if aim.kind == kind]
        places = np.array([aim.place for _, aim in asked], dtype=np.float32)
        found = np.concatenate([_ceilings(segment, kind, places) for segment in segments], axis=1)
        for (at, aim), line in zip(asked, found, strict=True):
            near[at].append((aim, line))
    return [Weighing(segments, measure, *each, weights) for each in zip(questions, near, strict=True)]


def _ceilings(segment: Segment, kind: str, asked: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """As places.Codes says; texts that have no places of this kind are near nothing."""
    import numpy as np  # noqa: PLC0415

    if kind in segment.places:
        return segment.places[kind].ceilings(asked)
    return np.zeros((len(asked), len(segment.documents)), dtype=np.float32)


def _aims(measure: Measure, question: Question, weights: Weights) -> Iterator[Aim]:
    if measure.basis is not None:
        yield Aim("latent", direction(measure.basis, *measure.yardstick.columns_of(question)), weights.latent)
    if measure.embedder is not None and measure.middle is not None and question.terms:
        place = measure.embedder.query(joined(question.text))
        yield Aim("vectors", place, weights.vectors, floor=float(measure.middle @ place))


class Weighing:
    """The scores of all documents for one question, 0 to 1."""

    def __init__(
        self,
        segments: Sequence[Segment],
        measure: Measure,
        question: Question,
        near: "Sequence[tuple[Aim, NDArray[np.float32]]]",
        weights: Weights,
    ):
        self.question, self.weights = question, weights
        self._segments, self._near = segments, near
        self._own = measure.yardstick.own_score(question)
        self._most = weights.words + sum(aim.weight for aim, _ in near)

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
        found = self.words * (self.weights.words / (self._own or 1.0))
        for aim, cosines in self._near:
            found += aim.worth(cosines)
        found /= self._most
        return found

    def exact(self, documents: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """By each of these documents its score, rounded: in other company the last bits may differ."""
        import numpy as np  # noqa: PLC0415

        found = self.words[documents].astype(np.float64) * (self.weights.words / (self._own or 1.0))
        first = 0
        for segment in self._segments:
            own = ((documents >= first) & (documents < first + len(segment.documents))).nonzero()[0]
            if len(own):
                for aim, _ in self._near:
                    if aim.kind in segment.places:
                        found[own] += aim.worth(segment.places[aim.kind].exact(documents[own] - first, aim.place))
            first += len(segment.documents)
        return np.round(found / self._most, 10)
