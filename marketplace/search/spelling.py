"""What a mistyped word may have meant: a known word one or two keystrokes away, or Telex keys never turned. Pure."""

import re
from collections.abc import Iterable

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


def nearest(term: str, known: Iterable[tuple[str, int]]) -> str | None:
    """Of known terms with their frequencies the one fewest keystrokes away, of these the most frequent; None if far.

    A word of up to five letters may be one keystroke off, a longer one two.
    """
    reach = 1 if len(term) <= 5 else 2
    ranked = sorted(
        (away, -count, word)
        for word, count in known
        if count and word != term and abs(len(word) - len(term)) <= reach and (away := distance(term, word)) <= reach
    )
    return ranked[0][2] if ranked else None


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
