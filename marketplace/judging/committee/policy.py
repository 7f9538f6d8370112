"""Who takes part in the committee: pure questions. Entries hidden by a conflict are kept out by the queries."""

from collections.abc import Collection

from marketplace.accounts.models import Person
from marketplace.judging.models import Panel, Seat
from marketplace.judging.policy import can_deliberate, can_run_panel
from marketplace.judging.stages import SeatRole, SeatStage


def seat_of(actor: Person | None, panel: Panel) -> Seat | None:
    """The seat that the actor has taken on this panel."""
    taken = [seat for seat in panel.seats if seat.stage == SeatStage.ACCEPTED]
    return next((seat for seat in taken if actor is not None and seat.person_id == actor.id), None)


def can_attend(actor: Person | None, panel: Panel) -> bool:
    """Whoever has a seat, trainees too, and the secretary."""
    return seat_of(actor, panel) is not None or can_run_panel(actor, panel)


def can_remark(actor: Person | None, panel: Panel) -> bool:
    """Everybody who attends."""
    return can_attend(actor, panel)


def can_put_motion(actor: Person | None, panel: Panel) -> bool:
    """The chair and the secretary, who also close the vote."""
    return can_deliberate(actor, panel)


def can_vote(actor: Person | None, panel: Panel) -> bool:
    """Members with a vote: all but trainees; the secretary has none."""
    return is_voting(seat_of(actor, panel))


def is_voting(seat: Seat | None) -> bool:
    """Whether this seat was taken and has a vote."""
    return seat is not None and seat.stage == SeatStage.ACCEPTED and seat.role != SeatRole.TRAINEE


def has_quorum(voted: Collection[int], entitled: Collection[int]) -> bool:
    """More than half of those entitled have voted, abstentions included; both are seat ids."""
    return bool(entitled) and 2 * len(set(voted) & set(entitled)) > len(set(entitled))
