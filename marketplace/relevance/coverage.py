"""How much of a short text somebody's evidence says: what a team is put together by. Pure."""

from typing import TYPE_CHECKING

from marketplace.relevance.index import Index
from marketplace.relevance.segments import Segment
from marketplace.relevance.tokens import TOPIC_MARK, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def shares_said(index: Index, text: str) -> "NDArray[np.float64]":
    """By owner the share of the words and pairs of `text`, each by its rarity, that the best piece says; 0 to 1.

    Words that name a topic are said by whoever names the topic, in either language.
    """
    import numpy as np  # noqa: PLC0415 - a web process that never asks need not pay for numpy

    spoken = _spoken(text)
    if not spoken or not len(index.owners):
        return np.zeros(len(index.owners))
    yardstick = index.measure.yardstick
    rarities = yardstick.rarities_of(yardstick.vocabulary.numbers(list(spoken)))
    weights = dict(zip(spoken, rarities.tolist(), strict=True))
    said = np.concatenate([_said_in(segment, spoken, weights) for segment in index.segments])
    best = np.maximum.reduceat(said[index.document_of_item], index.starts[:-1])
    return np.round(best / rarities.sum(), 3).astype(np.float64)


def _spoken(text: str) -> dict[str, set[str]]:
    """The words and pairs of a text, each with the topics that its words name."""
    found = terms(text)
    topics = [term for term in found if term.name.startswith(TOPIC_MARK)]
    spoken: dict[str, set[str]] = {}
    for term in found:
        if not term.name.startswith(TOPIC_MARK):
            around = (topic.name for topic in topics if topic.first <= term.first and term.last <= topic.last)
            spoken.setdefault(term.name, set()).update(around)
    return spoken


def _said_in(segment: Segment, spoken: dict[str, set[str]], weights: dict[str, float]) -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415

    said = np.zeros(len(segment.documents))
    for term, topics in spoken.items():
        holders = [segment.postings.holders(name) for name in (term, *sorted(topics))]
        said[np.unique(np.concatenate(holders))] += weights[term]
    return said
