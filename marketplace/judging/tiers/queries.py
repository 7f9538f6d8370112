"""The tiers, the fields and their entries as one person may see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.challenges.models import Prize
from marketplace.db import db
from marketplace.judging.committee.queries import hidden_entries, rows_for
from marketplace.judging.models import Panel
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.results import Row
from marketplace.judging.tiers.grid import Candidate, Cell, Grid, Tier, grid_of, shared_out
from marketplace.judging.tiers.models import PrizePlan


@dataclass(frozen=True)
class Lines:
    """How many of each tier go to each field, and the references of solutions that are passed over."""

    counts: Mapping[Cell, int]
    passed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Board:
    """The grid with what its numbers stand for: the prize of a tier, the rows of a field, entries by solution id.

    withheld: the fields that a conflict hides from this person.
    """

    grid: Grid
    lines: Lines
    prizes: Mapping[int, Prize]
    fields: Mapping[str, Sequence[Row]]
    rows: Mapping[int, Row]
    withheld: Collection[str]


def tiers_of(panel: Panel) -> list[Tier]:
    """The prizes of the challenge, in their order."""
    prizes = panel.challenge.prizes
    return [Tier(each.position, each.quantity, each.field.value if each.field else None) for each in prizes]


def plan_of(panel: Panel) -> PrizePlan | None:
    """The lines that were kept."""
    return db.session.scalar(select(PrizePlan).where(PrizePlan.panel_id == panel.id))


def kept_lines(panel: Panel) -> Lines | None:
    """The same as lines; None where nobody kept any."""
    plan = plan_of(panel)
    return Lines(read_counts(plan.counts), frozenset(plan.passed_over)) if plan is not None else None


def read_counts(kept: Mapping[str, int]) -> dict[Cell, int]:
    """Counts by cell, from how they are kept and sent."""
    parts = {name: name.partition("-") for name in kept}
    return {(int(number), field): kept[name] for name, (number, _, field) in parts.items()}


def board_for(panel: Panel, person: Person, *, lines: Lines | None) -> Board:
    """The board with these lines; without them as they were kept, else shared out by numbers of entries."""
    every = rows_for(panel, person)
    withheld = _withheld(panel, person)
    names = [field.value for field in panel.challenge.entry_fields]
    fields: dict[str, list[Row]] = {name: [] for name in names or [""]}
    for row in every:
        fields.setdefault(_field(row), []).append(row)
    shown = {name: rows for name, rows in fields.items() if name not in withheld}
    return _board(panel, shown, withheld=withheld, lines=lines or kept_lines(panel))


def _board(
    panel: Panel, fields: Mapping[str, Sequence[Row]], *, withheld: Collection[str], lines: Lines | None
) -> Board:
    passed = lines.passed if lines else frozenset()
    least = panel.rules.minimum_total or 0
    candidates = {
        name: [
            Candidate(
                row.entry.solution.id,
                row.ranked.place,
                (row.ranked.mean or 0) >= least and row.entry.solution.reference not in passed,
            )
            for row in rows
        ]
        for name, rows in fields.items()
    }
    tiers = tiers_of(panel)
    lines = lines or Lines(shared_out(tiers, candidates))
    prizes = {each.position: each for each in panel.challenge.prizes}
    rows = {row.entry.solution.id: row for listed in fields.values() for row in listed}
    return Board(grid_of(tiers, candidates, lines.counts), lines, prizes, fields, rows, withheld)


def _withheld(panel: Panel, person: Person) -> set[str]:
    hidden = hidden_entries(panel, person)
    return {
        entry.field.value if entry.field else "" for entry in entries_of(panel.challenge) if entry.solution.id in hidden
    }


def _field(row: Row) -> str:
    return row.entry.field.value if row.entry.field else ""


def planned_awards(panel: Panel, rows: Sequence[Row]) -> dict[int, int]:
    """The tier of each entry that the kept lines give a prize, by solution id; `rows` are all that compete."""
    lines = kept_lines(panel)
    if lines is None:
        return {}
    fields: dict[str, list[Row]] = {}
    for row in rows:
        fields.setdefault(_field(row), []).append(row)
    return _board(panel, fields, withheld=(), lines=lines).grid.awards
