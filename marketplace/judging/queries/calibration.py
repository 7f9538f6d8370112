"""The calibration set: which entries, and how far judges lay apart on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.challenges.models import Criterion
from marketplace.db import db
from marketplace.judging.models import Entry, Panel, Seat, Sheet
from marketplace.judging.stages import SheetStage


@dataclass(frozen=True)
class Spread:
    """The points of all judges who are done for one criterion of one entry, ascending, without names, and one's own."""

    criterion: Criterion
    points: list[int]
    own: int | None

    @property
    def width(self) -> int:
        return self.points[-1] - self.points[0] if self.points else 0


@dataclass(frozen=True)
class AnchorSpread:
    """One entry that all judges scored first."""

    entry: Entry
    lines: list[Spread]


def anchors_of(panel: Panel) -> set[int]:
    """The solutions that all judges score first, by id; empty before they are chosen."""
    found = select(Sheet.solution_id).join(Sheet.seat).where(Seat.panel_id == panel.id, Sheet.round == 0)
    return set(db.session.scalars(found))


def spreads_for(seat: Seat) -> list[AnchorSpread]:
    """How all who are done scored the entries that this judge scored first; nothing before this judge is done."""
    if seat.calibrated_at is None:
        return []
    sheets = db.session.scalars(
        select(Sheet)
        .join(Sheet.seat)
        .where(Seat.panel_id == seat.panel_id, Sheet.round == 0, Sheet.stage == SheetStage.FINAL)
        .options(selectinload(Sheet.scores), joinedload(Sheet.version), joinedload(Sheet.solution))
        .order_by(Sheet.solution_id, Sheet.id)
    ).all()
    own = [sheet for sheet in sheets if sheet.seat_id == seat.id]
    return [AnchorSpread(mine.entry, _lines(mine, sheets)) for mine in own]


def _lines(mine: Sheet, sheets: Sequence[Sheet]) -> list[Spread]:
    same = [sheet.values for sheet in sheets if sheet.solution_id == mine.solution_id]
    return [
        Spread(
            criterion,
            sorted(values[criterion.id] for values in same if criterion.id in values),
            mine.values.get(criterion.id),
        )
        for criterion in mine.seat.panel.challenge.criteria
    ]
