"""Text and files of an entry as a judge reads them who must not know who entered. Pure.

It hides what names the entrant: its own names, people, addresses, numbers. What a text says in other words stays, and
so does what stands inside of files.
"""

import re
from collections.abc import Iterable
from typing import Any

from marketplace.text import fold, nfc

MASK = "▒▒▒"
# shorter names are in everything
SHORTEST_NAME = 4
# everything else that was received, the team above all, is about who the entrant is
TELLING_NOTHING = frozenset(
    {
        "field",
        "language",
        "title_vi",
        "title_en",
        "summary",
        "approach",
        "impact",
        "pilot_plan",
        "cost_vnd",
        "trl",
        "answers",
        "clarifications",
    }
)
_ADDRESSES = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+|(?<![\d.])(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)"
)


def masked(text: str, names: Iterable[str]) -> str:
    """The text with these names, in whatever case and accents, and every address and telephone number covered."""
    text = nfc(text)
    folded, origin = _folded(text)
    spans = [match.span() for match in _ADDRESSES.finditer(text)]
    for name in {fold(name) for name in names}:
        if len(name) >= SHORTEST_NAME:
            found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded)
            spans += [(origin[match.start()], origin[match.end() - 1] + 1) for match in found]
    return _covered(text, sorted(spans))


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place in `text` that it comes from."""
    letters = [(folded, place) for place, letter in enumerate(text) for folded in fold(letter)]
    return "".join(letter for letter, _ in letters), [place for _, place in letters]


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    parts, end = [], 0
    for first, last in spans:
        if first >= end:
            parts += [text[end:first], MASK]
        end = max(end, last)
    return "".join([*parts, text[end:]])


def blind_content(content: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What was received without what is about the entrant itself, every text masked."""
    names = list(names)
    return {key: _blind(value, names) for key, value in content.items() if key in TELLING_NOTHING}


def _blind(value: Any, names: list[str]) -> Any:
    if isinstance(value, str):
        return masked(value, names)
    if isinstance(value, list):
        return [_blind(each, names) for each in value if not (isinstance(each, dict) and each.get("tells_entrant"))]
    if isinstance(value, dict):
        return {key: _blind(each, names) for key, each in value.items()}
    return value


def blind_name(number: int, name: str) -> str:
    """A file's name by its number; the kind of file may be known."""
    suffix = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return f"{number}{suffix[0].lower() if suffix else ''}"
