"""How near a judge's expertise is to an entry, and the phrases that say so. Pure.

BM25F of the entry's text against what the judges know. An entry's scores are divided by its best judge's, because
raw scores of different queries cannot be compared.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.matching.reasons import readable
from marketplace.relevance.answers import Query
from marketplace.relevance.index import Evidence, Index
from marketplace.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
        self.entries, self.judges = tuple(sorted(entries)), tuple(sorted(expertise))
        self._row = {entry: row for row, entry in enumerate(self.entries)}
        self._column = {judge: column for column, judge in enumerate(self.judges)}
        self._index = Index.build(
            Evidence(judge, "expertise", title="", tags=_lines(text), body="")
            for judge, text in expertise.items()
            if text
        )
        self._known = {judge: {line: fold(line) for line in _lines(text)} for judge, text in expertise.items()}
        self._answers = dict(zip(entries, self._index.ask_all([*entries.values()]), strict=True))
        self.affinity_bp = self._measured(barred)

    def _measured(self, barred: Collection[tuple[int, int]]) -> "NDArray[np.int64]":
        """By entry and judge, in ascending order of both, 0 to 10,000; 0 where they share no word."""
        import numpy as np  # noqa: PLC0415 - only the process that assigns pays for numpy

        scores = np.zeros((len(self.entries), len(self.judges)))
        speaking = [self._column[judge] for judge in self._index.owners.tolist()]
        for row, entry in enumerate(self.entries):
            scores[row, speaking] = self._answers[entry].sharing
        free = np.ones(scores.shape, dtype=np.bool_)
        for entry, judge in barred:
            free[self._row[entry], self._column[judge]] = False
        highest = np.where(free, scores, 0.0).max(axis=1, initial=0.0)[:, None]
        shares = np.divide(NEAREST_BP * scores, highest, out=np.zeros_like(scores), where=highest > 0)
        return np.minimum(np.rint(shares), NEAREST_BP).astype(np.int64)

    def bp(self, pair: tuple[int, int]) -> int:
        """How near this entry and this judge are."""
        entry, judge = pair
        return int(self.affinity_bp[self._row[entry], self._column[judge]])

    def __getitem__(self, pair: tuple[int, int]) -> Nearness:
        entry, judge = pair
        return self.told(entry, [judge])[judge]

    def told(self, entry: int, judges: Collection[int]) -> dict[int, Nearness]:
        """How near these judges are to an entry, and why."""
        near = {judge: self.bp((entry, judge)) for judge in judges}
        found = {judge: Nearness(bp) for judge, bp in near.items()}
        asked = [judge for judge, bp in near.items() if bp]
        for match in self._answers[entry].of(asked):
            terms = [share.term for share in match.items[0].terms]
            found[match.owner_id] = Nearness(near[match.owner_id], _reasons(terms, self._known[match.owner_id]))
        return found


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
