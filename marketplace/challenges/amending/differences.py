"""Which words of a text were taken out and which were put in. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is the "same", "removed" or "added"."""

    kind: str
    text: str


def word_differences(before: str, after: str) -> list[Piece]:
    """Pieces in reading order: same and removed together are `before`, same and added together `after`."""
    pieces: list[Piece] = []
    for is_same, runs in groupby(_runs(_tokens(before), _tokens(after)), key=lambda run: run.is_same):
        removed, added = (_joined(texts) for texts in zip(*((run.old, run.new) for run in runs), strict=True))
        told = [Piece("same", removed)] if is_same else [Piece("removed", removed), Piece("added", added)]
        pieces += [piece for piece in told if piece.text]
    return pieces


@dataclass(frozen=True)
class _Run:
    """Tokens that stand in the place of others; a space that stayed between changed words changed with them."""

    is_same: bool
    old: list[str]
    new: list[str]


def _runs(old: list[str], new: list[str]) -> Iterator[_Run]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (kind, old_from, old_to, new_from, new_to) in enumerate(codes):
        is_inner = 0 < place < len(codes) - 1
        stays = kind == "equal" and not (is_inner and "".join(old[old_from:old_to]).isspace())
        yield _Run(stays, old[old_from:old_to], new[new_from:new_to])


def _joined(texts: Iterable[list[str]]) -> str:
    return "".join("".join(text) for text in texts)


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
