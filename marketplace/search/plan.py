"""A query's tree as what engines are asked and what scoring counts. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from marketplace.relevance.tokens import Term, Word, topics_of, words
from marketplace.search.expressions import All, Expression, Not, Some, all_of, shortened, some_of
from marketplace.search.syntax import Both, Either, Field, Node, Phrase, Without, Words
from marketplace.search.terms import EVERYTHING, fact, pair, with_marks
from marketplace.text import nfc

# How much a match of each sort counts beside a folded word; chosen over all development sets together (docs/search.md).
# Two Vietnamese syllables are often one word, two words of another language only its neighbours.
SYLLABLES_WEIGHT = 0.6
PAIR_WEIGHT = 0.2
MARKS_WEIGHT = 0.15
TOPIC_WEIGHT = 1.0
# With more syllables than this among its words a text without marks is taken for Vietnamese: of the 632 questions of
# XQuAD 616 typed without marks are, and 3 English ones.
MOSTLY_SYLLABLES = 0.6
# In a longer query, a whole question, no entry need hold every word: there the score alone decides.
LONGEST_SHORT = 6
# A query longer than this is asked for by its first words.
MOST_WORDS = 64
# A folded syllable of Vietnamese: how it may begin, its vowels, how it may end.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.ASCII
)


@dataclass(frozen=True)
class Wanted:
    """Something whose occurrences count: its term, its weight, and how the strings of terms.Indexed spell it."""

    term: str
    weight: float
    spelling: str
    is_exact: bool = False


@dataclass(frozen=True)
class Plan:
    """A query ready to be asked; `facts` narrow it down whatever it says."""

    tree: Node | None
    facts: tuple[str, ...] = ()

    @property
    def strict(self) -> Expression | None:
        """All the words."""
        return self._asked(self.tree)

    def relaxed(self, terms: Collection[str]) -> Expression | None:
        """Any of the plain words that are among the `terms`; all else as in `strict`."""
        return self._asked(self.tree, among=frozenset(terms))

    @property
    def closest(self) -> list[Expression]:
        """What to look at first where many entries hold all the words: the title says them, or a text one by one."""
        if not isinstance(self.tree, Words):
            return []
        nodes = (Field("title", self.tree.text), Phrase(self.tree.text))
        return [asked for node in nodes if (asked := self._asked(node)) is not None]

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """What scoring counts, each once, in the order of the query."""
        found: dict[tuple[str, bool], Wanted] = {}
        for text in self._texts():
            for want in _wanted(text):
                found.setdefault((want.spelling, want.is_exact), want)
        return tuple(found.values())

    @cached_property
    def plain_terms(self) -> tuple[str, ...]:
        """The terms of plain words and their topics, each once: what may be asked for one by one."""
        found = [term for node in leaves(self.tree) if isinstance(node, Words) for term in _single_terms(node.text)]
        return tuple(dict.fromkeys(found))

    @property
    def is_short(self) -> bool:
        """Whether who asks wants all the words: they are few, and not written as a question."""
        return len(self.plain_terms) <= LONGEST_SHORT and not self.said.rstrip().endswith("?")

    @property
    def said(self) -> str:
        """What the query wants to find, as one text."""
        return " ".join(self._texts())

    def meant(self, text: str) -> str:
        """What a vector is made of: the text as it was typed; where it has operators, without what they leave out."""
        return text if isinstance(self.tree, Words) else self.said

    def unknown(self, frequencies: Mapping[str, int]) -> tuple[str, ...]:
        """Plain words that no entry holds, neither as they are nor by another name of a topic that they name."""
        missing: dict[str, None] = {}
        for node in leaves(self.tree):
            found = _words(node.text) if isinstance(node, Words) else []
            named = [topic for topic in _topics(found, _text_of(node)) if frequencies.get(topic.name)]
            covered = {place for topic in named for place in range(topic.first, topic.last)}
            missing |= {
                word.term: None for at, word in enumerate(found) if at not in covered and not frequencies.get(word.term)
            }
        return tuple(missing)

    @cached_property
    def chains(self) -> tuple[str, ...]:
        """Phrases of more than two words, as they are spelled in the folded string."""
        phrases = [node.text for node in leaves(self.tree) if isinstance(node, Phrase)]
        return tuple(_spelled([w.term for w in _words(text)]) for text in phrases if len(_words(text)) > 2)

    def _texts(self) -> list[str]:
        return [_text_of(node) for node in leaves(self.tree) if _text_of(node)]

    def _asked(self, tree: Node | None, among: frozenset[str] | None = None) -> Expression | None:
        said = _expression(tree, among) if tree is not None else None
        if said is None and (tree is not None or not self.facts):
            return None
        parts = [*self.facts, *([said] if said is not None else [])]
        joined = all_of(_with_something(list(parts)))
        return shortened(joined) if joined is not None else None


def leaves(tree: Node | None) -> Iterator[Node]:
    """What the query wants to find, without what it wants to leave out."""
    if isinstance(tree, Both | Either):
        for part in tree.parts:
            yield from leaves(part)
    elif tree is not None and not isinstance(tree, Without):
        yield tree


def _text_of(node: Node) -> str:
    if isinstance(node, Words | Phrase):
        return node.text
    return node.value if isinstance(node, Field) and node.name == "title" else ""


def _expression(node: Node, among: frozenset[str] | None) -> Expression | None:
    if isinstance(node, Words):
        return _all_words(node.text) if among is None else some_of([t for t in _single_terms(node.text) if t in among])
    if isinstance(node, Phrase):
        return _phrase(node.text)
    if isinstance(node, Field):
        return _field(node)
    if isinstance(node, Without):
        part = _expression(node.part, None)
        return Not(part) if part is not None and not isinstance(part, Not) else None
    parts = [each for part in node.parts if (each := _expression(part, among)) is not None]
    if isinstance(node, Both):
        return all_of(_with_something(parts))
    return some_of([All((EVERYTHING, part)) if isinstance(part, Not) else part for part in parts])


def _with_something(parts: list[Expression]) -> list[Expression]:
    """What holds first and what does not hold last; an engine must be asked for something."""
    positive = [part for part in parts if not isinstance(part, Not)]
    negative = [part for part in parts if isinstance(part, Not)]
    return [*(positive or [EVERYTHING] if negative else positive), *negative]


def _all_words(text: str) -> Expression | None:
    """All the words, where each topic may stand in for the words that name it."""
    found = _words(text)
    topics = _topics(found, text)
    parts: list[Expression] = []
    at = 0
    while at < len(found):
        topic = next((term for term in topics if term.first == at), None)
        last = min(topic.last, len(found)) if topic else at + 1
        spoken = all_of(list(dict.fromkeys(word.term for word in found[at:last])))
        if spoken is not None:
            parts.append(Some((spoken, topic.name)) if topic else spoken)
        at = last
    return all_of(list(dict.fromkeys(parts)))


def _phrase(text: str) -> Expression | None:
    found = _words(text)
    pairs = [pair(left.term, right.term) for left, right in pairwise(found)]
    return all_of(list(dict.fromkeys(pairs or [word.term for word in found])))


def _field(node: Field) -> Expression | None:
    if node.name != "title":
        return fact(node.name, node.value)
    return all_of(list(dict.fromkeys(f"title:{word.term}" for word in _words(node.value))))


def _single_terms(text: str) -> list[str]:
    found = _words(text)
    return [*(word.term for word in found), *(topic.name for topic in _topics(found, text))]


def _wanted(text: str) -> Iterator[Wanted]:
    found = _words(text)
    for word in found:
        yield Wanted(word.term, 1.0, _spelled([word.term]))
        if marked := with_marks(word.surface):
            yield Wanted(marked, MARKS_WEIGHT, _spelled([marked]), is_exact=True)
    for left, right in pairwise(found):
        if right.place - left.place == 1:
            weight = SYLLABLES_WEIGHT if _are_syllables(left.term, right.term) else PAIR_WEIGHT
            yield Wanted(pair(left.term, right.term), weight, _spelled([left.term, right.term]))
    for topic in _topics(found, text):
        yield Wanted(topic.name, TOPIC_WEIGHT, _spelled([topic.name]))


def is_without_marks(text: str) -> bool:
    """Whether this looks like Vietnamese typed without its marks: no letter has one, most words could be syllables."""
    terms = [word.term for word in _words(text) if word.term.isalpha()]
    return text.isascii() and sum(map(_are_syllables, terms)) > MOSTLY_SYLLABLES * len(terms)


def _are_syllables(*terms: str) -> bool:
    return all(_SYLLABLE.fullmatch(term) for term in terms)


def _topics(found: list[Word], text: str) -> list[Term]:
    return topics_of(found, nfc(text))


def _words(text: str) -> list[Word]:
    return words(nfc(text))[:MOST_WORDS]


def _spelled(names: list[str]) -> str:
    return "".join(f"|{name}|" for name in names)
