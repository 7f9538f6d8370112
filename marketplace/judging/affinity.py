"""How near a judge's expertise is to an entry, and the phrases that say so. Pure.

BM25F of the entry's text against what the judges know. An entry's scores are divided by its best judge's, because
raw scores of different queries cannot be compared.
"""

from collections.abc import Mapping, Sequence
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


def nearness(expertise: Mapping[int, str], entries: Mapping[int, Query]) -> dict[tuple[int, int], Nearness]:
    """By (entry, judge) for every pair; FAR where they share no word or the judge has said nothing."""
    index = Index.build(
        Evidence(judge, "expertise", title="", tags=_lines(text), body="") for judge, text in expertise.items() if text
    )
    found = {(entry, judge): FAR for entry in entries for judge in expertise}
    for entry, query in entries.items():
        matches = index.rank(query, limit=len(expertise))
        for match in matches:
            why = _reasons([share.term for share in match.items[0].terms], _lines(expertise[match.owner_id]))
            found[entry, match.owner_id] = Nearness(round(NEAREST_BP * match.score / matches[0].score), why)
    return found


def _reasons(terms: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Phrases and whole lines of what the judge knows; where only syllables match, the line that holds the first.

    A Vietnamese syllable alone says nothing: "thị" is in "đô thị", "thị trường" and "thị giác".
    """
    lines = {fold(line) for line in known}
    telling = [term if fold(term) in lines else readable(term) for term in terms]
    telling = [term for term in dict.fromkeys(telling) if term]
    touched = [line for line in known if fold(terms[0]) in fold(line)]
    return tuple(telling[:SHOWN_TERMS] or touched[:1])


def _lines(text: str) -> tuple[str, ...]:
    """The things somebody knows, as they are usually written: one a line, or with commas or semicolons between."""
    parts = text.replace(";", "\n").replace(",", "\n").splitlines()
    return tuple(part.strip() for part in parts if part.strip())
