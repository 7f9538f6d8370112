"""Who takes part in a defence: pure questions."""

from marketplace.accounts.models import Person
from marketplace.judging.models import Panel, Seat, Sheet
from marketplace.judging.policy import can_run_panel, can_score, is_impartial
from marketplace.solutions.models import Solution


def can_plan_defence(actor: Person | None, panel: Panel) -> bool:
    """The secretary."""
    return can_run_panel(actor, panel)


def can_say_absence(actor: Person | None, seat: Seat) -> bool:
    """The judge, and the secretary for them."""
    return actor is not None and (actor.id == seat.person_id or can_plan_defence(actor, seat.panel))


def can_attend_hearing(actor: Person | None, panel: Panel, solution: Solution, sheets: list[Sheet]) -> bool:
    """The judges of this entry, and the secretary unless of the entrant."""
    hears = any(can_score(actor, sheet) for sheet in sheets)
    return hears or (can_run_panel(actor, panel) and is_impartial(actor, [solution]))
