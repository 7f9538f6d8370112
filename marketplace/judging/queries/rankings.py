"""The adjusted estimate of a panel's totals for those who deliberate: advice beside the official ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.accounts.models import Person
from marketplace.challenges.stages import Field
from marketplace.judging.models import Entry, Panel, Seat
from marketplace.judging.pairing.queries import counted_comparisons
from marketplace.judging.queries.results import Row, matrix_for, standing_decision

if TYPE_CHECKING:
    from marketplace.judging.ranking.advice import Advice, Advised, Severity, Surprise

USUAL_CUT = 3
# Entries named as worth one more reading.
MOST_REREAD = 5


@dataclass(frozen=True)
class Line:
    """An entry with its official place and what the estimate says of it; None below the quorum or without estimate."""

    row: Row
    advised: Advised | None
    part: int

    def differs(self, cut: int) -> bool:
        """Whether the two ways disagree on who is among the best."""
        place = self.row.ranked.place
        return self.advised is not None and place is not None and (place <= cut) != (self.advised.place <= cut)


@dataclass(frozen=True)
class Certainty:
    """The whole page: lines by official place, and where seats and entries are meant, themselves instead of numbers."""

    cut: int
    lines: list[Line]
    advice: Advice | None
    reread: list[Entry]
    judges: list[tuple[Seat, Severity]]
    surprises: list[tuple[Entry, Seat, Surprise]]

    @property
    def disputed(self) -> list[Line]:
        """Entries that people should talk about, since the two ways disagree."""
        return [line for line in self.lines if line.differs(self.cut)]

    @property
    def span(self) -> int:
        """The last place there is."""
        return max((len(part.entries) for part in self.advice.parts), default=1) if self.advice else 1


def certainty_for(person: Person, panel: Panel, *, cut: int | None, field: Field | None = None) -> Certainty:
    """How sure the ranking, or that of one field of a contest, is, as this person may see it.

    Hidden entries count in no place and no figure.
    """
    # numpy and scipy cost 0.3 s and 60 MB; only the process that advises pays for them.
    from marketplace.judging.ranking.advice import advise  # noqa: PLC0415
    from marketplace.judging.ranking.preferences import prefer  # noqa: PLC0415

    rows = matrix_for(person, panel, field=field)
    best = min(cut or _usual_cut(panel), max(1, len(rows) - 1))
    ranked = [row for row in rows if row.ranked.place is not None]
    if panel.rules.kind(panel.round).compares:
        said = counted_comparisons(panel, [row.entry.solution.id for row in ranked])
        advice = prefer([win for each in said for win in each.wins], cut=best)
    else:
        totals = {(row.entry.solution.id, seat): total for row in ranked for seat, total in row.totals.items()}
        advice = advise(totals, cut=best)
    entries = {row.entry.solution.id: row.entry for row in rows}
    seats = {seat.id: seat for seat in panel.seats}
    return Certainty(
        best,
        _lines(rows, advice),
        advice,
        [entries[entry] for entry in advice.reread[:MOST_REREAD]] if advice else [],
        [(seats[each.judge], each) for each in advice.judges] if advice else [],
        [(entries[each.entry], seats[each.judge], each) for each in advice.surprises] if advice else [],
    )


def _lines(rows: list[Row], advice: Advice | None) -> list[Line]:
    known = {
        each.entry: (each, number)
        for number, part in enumerate(advice.parts if advice else ())
        for each in part.entries
    }
    return [Line(row, *known.get(row.entry.solution.id, (None, 0))) for row in rows]


def _usual_cut(panel: Panel) -> int:
    """As many as were drafted to win, else the usual three."""
    drafted = standing_decision(panel.challenge)
    return len(drafted.winners) if drafted is not None and drafted.winners else USUAL_CUT
