"""Questions about comparisons; a judge reads their own only, and never of entries they have a conflict with."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.models import Panel, Seat, Sheet
from marketplace.judging.pairing.choosing import Pair, is_tied, needed, next_pair
from marketplace.judging.pairing.models import PairJudgement
from marketplace.judging.queries.sheets import queue_of
from marketplace.judging.stages import RoundKind, SeatRole, SheetStage


@dataclass(frozen=True)
class Table:
    """A judge's list in a round of comparisons, and what they said of its pairs; sheets in the judge's own order."""

    seat: Seat
    sheets: list[Sheet]
    made: dict[Pair, PairJudgement]

    @property
    def groups(self) -> list[list[int]]:
        """The solutions that compete with each other, by field of a contest, each in the judge's own order."""
        found: dict[object, list[int]] = defaultdict(list)
        for sheet in self.sheets:
            found[sheet.entry.field].append(sheet.solution_id)
        return list(found.values())

    @property
    def needed(self) -> int:
        return sum(needed(len(group)) for group in self.groups)

    @property
    def is_done(self) -> bool:
        """Whether nothing of the list is open."""
        return all(sheet.stage == SheetStage.FINAL for sheet in self.sheets)

    @property
    def is_enough(self) -> bool:
        """Whether the judge may finish: as many as are needed, and all that compete tied together."""
        within = [[pair for pair in self.made if {*pair} <= set(group)] for group in self.groups]
        return all(
            len(made) >= needed(len(group)) and is_tied(group, made)
            for group, made in zip(self.groups, within, strict=True)
        )

    @property
    def of_entry(self) -> dict[int, Sheet]:
        """The sheets by solution id."""
        return {sheet.solution_id: sheet for sheet in self.sheets}

    def next_pair(self) -> tuple[Sheet, Sheet] | None:
        """The two entries to be compared next, the one that comes first in the judge's own order at the left."""
        for group in self.groups:
            within = {pair: each.wins for pair, each in self.made.items() if {*pair} <= set(group)}
            if len(within) < needed(len(group)) and (found := next_pair(group, within)):
                return self.pair(*found)
        return None

    def pair(self, one: int, other: int) -> tuple[Sheet, Sheet]:
        """These two entries of the list, by solution id, in the judge's own order; raises NotFound."""
        found = [sheet for sheet in self.sheets if sheet.solution_id in {one, other}]
        if len(found) != 2:
            raise NotFound("pair")
        return found[0], found[1]

    def said(self, left: Sheet, right: Sheet) -> PairJudgement | None:
        """What the judge said of these two."""
        return self.made.get((min(left.solution_id, right.solution_id), max(left.solution_id, right.solution_id)))


def table_of(seat: Seat, kind: RoundKind) -> Table:
    """The judge's list in the round under way; raises NotFound where it is of another kind."""
    panel = seat.panel
    if panel.rules.kind(panel.round) != kind:
        raise NotFound(seat.reference)
    sheets = [sheet for sheet in queue_of(seat.person) if sheet.seat_id == seat.id and sheet.round == panel.round]
    own = {sheet.solution_id for sheet in sheets}
    found = db.session.scalars(
        select(PairJudgement)
        .where(PairJudgement.seat_id == seat.id, PairJudgement.round == panel.round)
        .options(selectinload(PairJudgement.versions))
        .order_by(PairJudgement.id)
        # a deed reads again what it read before it locked the seat
        .execution_options(populate_existing=True)
    )
    return Table(seat, sheets, {each.pair: each for each in found if {*each.pair} <= own})


def counted_comparisons(panel: Panel, among: Collection[int]) -> Sequence[PairJudgement]:
    """What counts of the round under way: both sheets are final, no trainee said it, both entries are among these."""
    final = (
        select(Sheet.seat_id, Sheet.solution_id)
        .join(Sheet.seat)
        .where(Seat.panel_id == panel.id, Seat.role != SeatRole.TRAINEE)
        .where(Sheet.round == panel.round, Sheet.stage == SheetStage.FINAL)
    )
    finished: dict[int, set[int]] = defaultdict(set)
    for seat_id, solution_id in db.session.execute(final):
        finished[seat_id].add(solution_id)
    found = db.session.scalars(
        select(PairJudgement)
        .where(PairJudgement.seat_id.in_(finished), PairJudgement.round == panel.round)
        .options(joinedload(PairJudgement.seat))
        .order_by(PairJudgement.id)
    )
    shown = set(among)
    return [each for each in found if {*each.pair} <= finished[each.seat_id] & shown]
