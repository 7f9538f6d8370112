"""An invented city of many organisations for benchmarks: words are as common and as rare as in real texts.

Words are drawn by Zipf's law from 20,000; names of topics are strewn in. Other benchmarks ask it; it prints nothing.
"""

import random
from itertools import accumulate

from marketplace.matching.profiles import Need, Piece, Problem, Profile
from marketplace.organisations.stages import Helix
from marketplace.relevance.concepts import ENGLISH, VIETNAMESE

_HOUSES = (Helix.BUSINESS, Helix.BUSINESS, Helix.BUSINESS, Helix.ACADEMIA, Helix.STATE, Helix.SUPPORT)
_NAMES = [name for names in (*VIETNAMESE.values(), *ENGLISH.values()) for name in names.split("; ")]
_SYLLABLES = [first + vowel + last for first in "bcdghklmnprstvx" for vowel in "aeiou" for last in ("", "n", "ng", "t")]
_WORDS = [*_SYLLABLES, *(first + last for first in _SYLLABLES for last in _SYLLABLES)][:20_000]
_WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(len(_WORDS))))


def words_by_rank() -> list[str]:
    """The 20,000 words, the most common first."""
    return list(_WORDS)


class City:
    """Equal seeds give equal cities."""

    def __init__(self, seed: int = 20_261_122):
        self._draw = random.Random(seed)

    def profile(self, owner: int) -> Profile:
        """A summary of 44 words and more, three capabilities and, two of three times, a line of past work."""
        shown = (
            Piece("summary", text_vi=self._text(40, 4)),
            Piece("capabilities", tags_vi=(self._name(), self._text(1, 1), self._text(2, 0))),
            Piece("record", title_vi=self._text(6, 1), text_vi=self._text(16, 1), year=2024),
        )
        return Profile(f"{owner:06}", self._draw.choice(_HOUSES), shown[: 2 if owner % 3 == 0 else 3])

    def problem(self) -> Problem:
        """A title, five capabilities and some three hundred words."""
        needs = tuple(Need(vi=self._text(1, 1)) for _ in range(5))
        return Problem("", Helix.STATE, self._text(5, 1), needs, self._text(250, 20))

    def passage(self, words: int, names: int) -> str:
        """So many words and names of topics, in any order."""
        return self._text(words, names)

    def _text(self, words: int, names: int) -> str:
        said = self._draw.choices(_WORDS, cum_weights=_WEIGHTS, k=words) + self._draw.choices(_NAMES, k=names)
        self._draw.shuffle(said)
        return " ".join(said)

    def _name(self) -> str:
        return self._draw.choice(_NAMES)
