"""An invented city of many organisations for benchmarks: texts whose words are as common and as rare as in real ones.

Words are drawn by Zipf's law from 20,000; names of topics are strewn in. Nothing here measures anything.
"""

import random
from itertools import accumulate

from marketplace.relevance.answers import Query
from marketplace.relevance.concepts import ENGLISH, VIETNAMESE
from marketplace.relevance.index import Evidence

HOUSES = ("state", "academia", "business", "business", "business", "support")
_NAMES = [name for names in (*VIETNAMESE.values(), *ENGLISH.values()) for name in names.split("; ")]
_WORDS = [f"{first}{last}" for first in "bcdghklmnprstvx" for last in ("a", "e", "i", "o", "u")]
_WORDS = [f"{word}{other}" for word in _WORDS for other in ("n", "ng", "t", "m", *_WORDS[:262])][:20_000]
_WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(len(_WORDS))))


class City:
    """Equal seeds give equal cities."""

    def __init__(self, seed: int = 20_261_122):
        self._draw = random.Random(seed)

    def text(self, words: int, names: int) -> str:
        said = self._draw.choices(_WORDS, cum_weights=_WEIGHTS, k=words) + self._draw.choices(_NAMES, k=names)
        self._draw.shuffle(said)
        return " ".join(said)

    def name(self) -> str:
        return self._draw.choice(_NAMES)

    def evidence(self, owner: int) -> list[Evidence]:
        """What an organisation shows: a summary with capabilities and, two of three, a line of past work."""
        shown = [
            Evidence(owner, "0", f"{self.text(2, 1)}", (self.name(), self.name(), self.name()), self.text(40, 4)),
            Evidence(owner, "1", self.text(6, 1), (), self.text(20, 2)),
        ]
        return shown[: 1 if owner % 3 == 0 else 2]

    def problem(self) -> Query:
        """What a challenge asks for: a title, five capabilities, three hundred words."""
        return Query(self.text(5, 1), tuple(self.text(2, 1) for _ in range(5)), self.text(250, 20))
