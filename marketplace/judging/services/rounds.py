"""The end of a round of scoring: the best go on, as the rules say; nobody sees totals before the last one."""

from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import RoundEnded
from marketplace.judging.models import Advance, Panel
from marketplace.judging.policy import can_end_scoring
from marketplace.judging.queries.panels import entries_in_round
from marketplace.judging.queries.results import rows_of
from marketplace.judging.queries.sheets import sheets_of_panel
from marketplace.judging.services.conflicts import end_tied_sheets
from marketplace.judging.stages import SheetStage


def end_round(panel: Panel, *, actor: Person, despite_open: bool = False) -> list[Advance]:
    """Close the round under way and let the best go on; equals of the last of them go on too.

    Raises WrongStage where no further round follows, NotReady for open sheets that were not accepted, or where no
    entry reaches the quorum.
    """
    require(can_end_scoring, actor, panel)
    hold(panel.challenge)
    hold(panel)
    best = panel.rules.best(panel.round)
    if panel.challenge.stage != Stage.JUDGING or best is None:
        raise WrongStage("this is the last round, or nobody scores now")
    end_tied_sheets(panel.seats)
    unfinished = [each for each in sheets_of_panel(panel) if each.seat.counts and each.stage != SheetStage.FINAL]
    if unfinished and not despite_open:
        raise NotReady(["open"])
    rows = [row for row in rows_of(panel, entries_in_round(panel)) if row.ranked.place is not None]
    if not rows:
        raise NotReady(["quorum"])
    going = [row.entry.solution for row in rows if (row.ranked.place or 0) <= best]
    ended, panel.round = panel.round, panel.round + 1
    advances = [Advance(panel_id=panel.id, solution_id=solution.id, round=panel.round) for solution in going]
    db.session.add_all(advances)
    facts = {"round": ended, "going_on": [solution.reference for solution in going]}
    announce(RoundEnded(actor=actor, subject=panel, facts=facts))
    return advances
