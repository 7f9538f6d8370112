"""What people type into the search box, as a tree. Any text is a valid query. Pure.

words that stand together     all of them, or as many as can be found
"words in quotes"             one after the other
this AND that, this OR that   operators in capitals; NOT this, or -this, leaves out
kind:challenge, title:water   a field and its value; a field that nobody knows is an ordinary word
( ... )                       belong together
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 2_000
DEEPEST = 8

_LEXEME = re.compile(
    r"""
      ["“”](?P<phrase>[^"“”]*)["“”]?
    | (?P<bracket>[()])
    | (?P<minus>(?<!\S)-(?=[\w"“(]))
    | (?P<field>\w+):(?:["“](?P<quoted>[^"“”]*)["“”]?|(?P<value>[^\s()"“”]+))
    | (?P<word>[^\s()"“”]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Words:
    """Plain words; all of them first, then any."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Words that must follow each other."""

    text: str


@dataclass(frozen=True)
class Field:
    """A fact that must hold, or words that must stand in the title."""

    name: str
    value: str


@dataclass(frozen=True)
class Both:
    """All of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """At least one of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """None of this."""

    part: "Node"


Node = Words | Phrase | Field | Both | Either | Without


def parse(text: str, *, fields: Mapping[str, str]) -> Node | None:
    """The tree of a query; None where it holds no letter and no digit.

    `fields` are the names that may stand before a colon, each with the name it has in the index. An operator without
    something on its right, a bracket without its partner and a colon after an unknown name count for nothing.
    """
    return _Reader(text[:LONGEST], fields).read()


class _Reader:
    """Reads lexemes from the left; every rule answers None where there is nothing to read."""

    def __init__(self, text: str, fields: Mapping[str, str]):
        self.lexemes = list(_LEXEME.finditer(text))
        self.fields = fields
        self.at = 0
        self.depth = 0

    def read(self) -> Node | None:
        found: list[Node] = []
        while self.at < len(self.lexemes):
            node = self._either()
            if node is not None:
                found.append(node)
            self.at += 1  # what stopped it is a bracket that closes nothing
        return _joined(found)

    def _either(self) -> Node | None:
        parts = [self._both()]
        while self._next() == "OR":
            self.at += 1
            parts.append(self._both())
        found = tuple(part for part in parts if part is not None)
        return Either(found) if len(found) > 1 else (found[0] if found else None)

    def _both(self) -> Node | None:
        parts: list[Node] = []
        while self._next() not in {None, "OR", ")"}:
            node = self._one()
            if node is not None:
                parts.append(node)
        return _joined(parts)

    def _one(self) -> Node | None:
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme.group() == "AND":
            return None
        if lexeme.group() == "NOT" or lexeme["minus"]:
            return self._negated()
        if lexeme.group() == "(":
            return self._bracketed()
        if lexeme["phrase"] is not None:
            return Phrase(lexeme["phrase"]) if _says(lexeme["phrase"]) else None
        if lexeme["field"]:
            return self._fact(lexeme)
        return Words(lexeme.group()) if _says(lexeme.group()) else None

    def _negated(self) -> Node | None:
        if self.depth >= DEEPEST or self._next() in {None, "OR", ")", "AND"}:
            return None
        self.depth += 1
        part = self._one()
        self.depth -= 1
        return Without(part) if part is not None else None

    def _bracketed(self) -> Node | None:
        if self.depth >= DEEPEST:
            return None
        self.depth += 1
        inner = self._either()
        self.depth -= 1
        if self._next() == ")":
            self.at += 1
        return inner

    def _fact(self, lexeme: re.Match[str]) -> Node | None:
        value = lexeme["quoted"] if lexeme["quoted"] is not None else lexeme["value"]
        name = self.fields.get(lexeme["field"].casefold())
        if name is None:
            said = f"{lexeme['field']} {value}"
            return Words(said) if _says(said) else None
        return Field(name, value) if _says(value) else None

    def _next(self) -> str | None:
        return self.lexemes[self.at].group() if self.at < len(self.lexemes) else None


def _joined(parts: list[Node]) -> Node | None:
    """All parts together; plain words that stood side by side are one text, so that neighbours stay neighbours."""
    merged: list[Node] = []
    for part in _flat(parts):
        if isinstance(part, Words) and merged and isinstance(merged[-1], Words):
            merged[-1] = Words(f"{merged[-1].text} {part.text}")
        else:
            merged.append(part)
    if len(merged) > 1:
        return Both(tuple(merged))
    return merged[0] if merged else None


def _flat(parts: list[Node]) -> list[Node]:
    return [inner for part in parts for inner in (part.parts if isinstance(part, Both) else (part,))]


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
