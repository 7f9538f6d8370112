"""What a mistyped word may have meant: a known word one or two keystrokes away, or Telex keys never turned. Pure."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from marketplace.relevance.concepts import VIETNAMESE, names_of
from marketplace.relevance.tokens import TOPIC_MARK, words
from marketplace.text import nfc

# Vietnamese typed by Telex while the keyboard was not set to it: "ddoi mowi" for "đổi mới".
_TELEX = ((r"dd", "d"), (r"([aeo])\1", r"\1"), (r"([aou])w", r"\1"), (r"w", "u"))
_TONE_KEY = re.compile(r"(?<=[aeiouy])([a-z]{0,2}?)[sfrxj]$")


def without_telex(term: str) -> str:
    """The folded word that these keys write in Telex: "mowsi" and "mowis" both give "moi"."""
    plain = term
    for keys, letters in _TELEX:
        plain = re.sub(keys, letters, plain)
    plain = _TONE_KEY.sub(r"\1", plain)
    return re.sub(r"(?<=[aeiouy])[sfrxj](?=[aeiouycnmpt])", "", plain)


def reachable(term: str, known: Iterable[str]) -> dict[str, int]:
    """By known word the keystrokes between it and a term: at most one for up to five letters, two for more."""
    reach = 1 if len(term) <= 5 else 2
    letters = set(term)
    likely = (
        word
        for word in known
        # Each keystroke changes at most two letters of the set; counting letters is quicker than comparing.
        if word != term and abs(len(word) - len(term)) <= reach and len(letters ^ set(word)) <= 2 * reach
    )
    return {word: away for word in likely if (away := distance(term, word)) <= reach}


def nearest(away: Mapping[str, int], counts: Mapping[str, int]) -> str | None:
    """Of words so far away the one fewest keystrokes off that anything holds, of these the most frequent."""
    ranked = sorted((off, -counts[word], word) for word, off in away.items() if counts[word])
    return ranked[0][2] if ranked else None


class Named(NamedTuple):
    """How a word that names a topic is spelled, and the term of the topic."""

    spelling: str
    topic: str


@cache
def words_of_topics() -> Mapping[str, Named]:
    """By term the words that name a topic by themselves."""
    spelled = [(topic, words(nfc(name))) for topic in VIETNAMESE for name in names_of(topic)]
    return {
        found[0].term: Named(found[0].surface.casefold(), TOPIC_MARK + topic)
        for topic, found in spelled
        if len(found) == 1
    }


def distance(one: str, other: str) -> int:
    """Letters to add, take away, change or swap with their neighbour (Damerau 1964, optimal string alignment)."""
    above: list[int] = []
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, another in enumerate(other, start=1):
            best = min(before[column] + 1, current[-1] + 1, before[column - 1] + (letter != another))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == another
            current.append(min(best, above[column - 2] + 1) if swapped else best)
        above, before = before, current
    return before[-1]
