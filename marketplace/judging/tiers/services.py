"""The deed of those who draw the lines: to keep them."""

from collections.abc import Mapping

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.models import Panel
from marketplace.judging.tiers.events import PrizePlanKept
from marketplace.judging.tiers.grid import Cell
from marketplace.judging.tiers.models import PrizePlan
from marketplace.judging.tiers.policy import can_draw_lines
from marketplace.judging.tiers.queries import Lines, board_for, plan_of, read_counts


def keep_plan(panel: Panel, *, actor: Person, lines: Lines) -> PrizePlan:
    """Keep these lines; those of fields that a conflict hides from the actor stay as they were.

    Raises Refused unless chair or secretary, WrongStage unless the panel deliberates, NotReady with the tiers of which
    there are more than the rules allow.
    """
    require(can_draw_lines, actor, panel)
    hold(panel.challenge, shared=True)
    hold(panel)
    if panel.challenge.stage != Stage.DELIBERATION:
        raise WrongStage("lines are drawn while the panel deliberates")
    board = board_for(panel, actor, lines=lines)
    plan = plan_of(panel)
    kept = read_counts(plan.counts) if plan is not None else {}
    counts = {cell: count for cell, count in kept.items() if cell[1] in board.withheld}
    counts |= {cell: given.asked for cell, given in board.grid.cells.items()}
    if excess := [tier.number for tier in board.grid.tiers if _sum(counts, tier.number) > tier.quantity]:
        raise NotReady(excess)
    own = {row.entry.solution.reference for row in board.rows.values()}
    others = set(plan.passed_over) - own if plan is not None else set()
    plan = plan or PrizePlan(panel=panel)
    plan.counts = {f"{number}-{field}": count for (number, field), count in sorted(counts.items())}
    plan.passed_over = sorted(others | (lines.passed & own))
    plan.saved_by, plan.saved_at = actor, clock.now()
    db.session.add(plan)
    db.session.flush()
    announce(PrizePlanKept(actor=actor, subject=plan))
    return plan


def _sum(counts: Mapping[Cell, int], number: int) -> int:
    return sum(count for (tier, _), count in counts.items() if tier == number)
