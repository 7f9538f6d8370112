"""Who sets fees, and who may see them: pure questions. Judges see only their own."""

from marketplace.accounts.models import Person
from marketplace.judging.models import Panel, Seat
from marketplace.judging.policy import can_run_panel
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role


def can_see_fees(actor: Person | None, panel: Panel) -> bool:
    """The agency's people; neither the chair nor other judges."""
    return can_run_panel(actor, panel)


def can_set_fees(actor: Person | None, panel: Panel) -> bool:
    """Managers of the agency set the rate."""
    return has_role(actor, panel.challenge.agency, Role.MANAGER)


def can_note_payment(actor: Person | None, seat: Seat) -> bool:
    """The agency's people, never for themselves."""
    return actor is not None and actor.id != seat.person_id and can_run_panel(actor, seat.panel)
