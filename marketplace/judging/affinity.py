"""How near a judge's expertise is to an entry, and the phrases that say so. Pure.

BM25F of the entry's text against what the judges know. An entry's scores are divided by its best judge's, because
raw scores of different queries cannot be compared.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marketplace.matching.reasons import readable
from marketplace.relevance.answers import Query
from marketplace.relevance.index import Evidence, Index
from marketplace.text import fold

NEAREST_BP = 10_000
SHOWN_TERMS = 5


@dataclass(frozen=True)
class Nearness:
    """0 to 10,000 for the entry's nearest judge, and what both texts speak of, the most telling first."""

    affinity_bp: int = 0
    why: tuple[str, ...] = ()


FAR = Nearness()


class Closeness:
    """How near every judge is to every entry; reasons are looked for only where somebody asks.

    A judge who is barred from an entry is not the one that the others are measured by.
    """

    def __init__(
        self, expertise: Mapping[int, str], entries: Mapping[int, Query], *, barred: Collection[tuple[int, int]] = ()
    ):
        self._index = Index.build(
            Evidence(judge, "expertise", title="", tags=_lines(text), body="")
            for judge, text in expertise.items()
            if text
        )
        self._known = {judge: {line: fold(line) for line in _lines(text)} for judge, text in expertise.items()}
        self._answers = {entry: self._index.ask(query) for entry, query in entries.items()}
        self._barred = frozenset(barred)
        self.affinity_bp = {pair: bp for entry in entries for pair, bp in self._of_entry(entry)}

    def _of_entry(self, entry: int) -> Iterator[tuple[tuple[int, int], int]]:
        """By (entry, judge) 0 to 10,000; 0 where they share no word or the judge has said nothing."""
        scores = self._answers[entry].sharing
        highest = max((score for judge, score in scores.items() if (entry, judge) not in self._barred), default=0.0)
        for judge in self._known:
            score = scores.get(judge, 0.0)
            yield (entry, judge), min(NEAREST_BP, round(NEAREST_BP * score / highest)) if highest else 0

    def __getitem__(self, pair: tuple[int, int]) -> Nearness:
        entry, judge = pair
        if not self.affinity_bp[pair]:
            return FAR
        match = next(self._answers[entry].best(among=self._index.places_of([judge])))
        why = _reasons([share.term for share in match.items[0].terms], self._known[judge])
        return Nearness(self.affinity_bp[pair], why)


def _reasons(terms: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Phrases and whole lines of what the judge knows (each with its folded form); where only syllables match, the
    line that holds the first.

    A Vietnamese syllable alone says nothing: "thị" is in "đô thị", "thị trường" and "thị giác".
    """
    lines = frozenset(known.values())
    telling = [term if fold(term) in lines else readable(term) for term in terms]
    telling = [term for term in dict.fromkeys(telling) if term]
    touched = [line for line, folded in known.items() if fold(terms[0]) in folded]
    return tuple(telling[:SHOWN_TERMS] or touched[:1])


def _lines(text: str) -> tuple[str, ...]:
    """The things somebody knows, as they are usually written: one a line, or with commas or semicolons between."""
    parts = text.replace(";", "\n").replace(",", "\n").splitlines()
    return tuple(part.strip() for part in parts if part.strip())
