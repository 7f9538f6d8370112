"""Deeds of the calibration set: entries that all judges score first, so that points mean the same to everybody."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import AnchorsChosen
from marketplace.judging.models import Entry, Panel, Seat, Sheet
from marketplace.judging.policy import can_run_panel
from marketplace.judging.queries.calibration import anchors_of
from marketplace.judging.queries.panels import standings
from marketplace.judging.queries.rules import has_final_sheets
from marketplace.judging.stages import SeatRole, SeatStage


def choose_anchors(panel: Panel, entries: Sequence[Entry], *, actor: Person) -> list[Sheet]:
    """Give these entries to every judge to be scored first; those sheets never count.

    Raises NotReady unless they are as many as the rules say, WrongStage before judging and once somebody has finished
    a sheet.
    """
    require(can_run_panel, actor, panel)
    hold(panel)
    if panel.challenge.stage != Stage.JUDGING or has_final_sheets(panel.challenge) or anchors_of(panel):
        raise WrongStage("entries to be scored first are chosen once, before anybody finished a sheet")
    if len(entries) != panel.rules.anchor_count:
        raise NotReady(["count"])
    facts = {"entries": [entry.solution.reference for entry in entries]}
    announce(AnchorsChosen(actor=actor, subject=panel, facts=facts))
    return hand_anchors(panel, entries)


def hand_anchors(panel: Panel, entries: Sequence[Entry]) -> list[Sheet]:
    """Sheets of these entries for every judge who has none and is free of conflict. Not a deed: deeds call it.

    Whoever may read none of them has nothing to agree on and begins at once.
    """
    given = {
        (sheet.seat_id, sheet.solution_id)
        for sheet in db.session.scalars(
            select(Sheet).join(Sheet.seat).where(Seat.panel_id == panel.id, Sheet.round == 0)
        )
    }
    seats = [seat for seat in panel.seats if seat.stage == SeatStage.ACCEPTED and _reads(seat)]
    known = standings(seats, entries)
    sheets = []
    for seat in seats:
        free = [entry for entry in entries if known[seat.id, entry.solution.id].clear]
        missing = [entry for entry in free if (seat.id, entry.solution.id) not in given]
        sheets += [_sheet(seat, entry) for entry in missing]
        if not free:
            seat.calibrated_at = clock.now()
    db.session.add_all(sheets)
    db.session.flush()
    return sheets


def _reads(seat: Seat) -> bool:
    """Alternates come in only where they read something."""
    has_sheet = select(Sheet.id).where(Sheet.seat_id == seat.id).limit(1)
    return seat.role != SeatRole.ALTERNATE or db.session.scalar(has_sheet) is not None


def _sheet(seat: Seat, entry: Entry) -> Sheet:
    return Sheet(seat=seat, solution=entry.solution, version=entry.version, round=0, assigned_at=clock.now())
