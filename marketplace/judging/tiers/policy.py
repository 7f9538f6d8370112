"""Who draws the lines between tiers: pure questions. Fields with an entry that a conflict hides are kept out."""

from marketplace.accounts.models import Person
from marketplace.judging.committee.policy import can_put_motion
from marketplace.judging.models import Panel


def can_draw_lines(actor: Person | None, panel: Panel) -> bool:
    """The chair and the secretary; everybody else of the panel looks on."""
    return can_put_motion(actor, panel)
