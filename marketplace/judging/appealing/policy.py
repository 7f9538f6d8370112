"""Who appeals and who answers: pure questions."""

from marketplace.accounts.models import Person
from marketplace.judging.models import Decision, Panel
from marketplace.judging.policy import is_impartial
from marketplace.judging.stages import SeatStage
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution


def can_appeal(actor: Person | None, solution: Solution) -> bool:
    """Those who write for the entrant."""
    return has_role(actor, solution.organisation, Role.MEMBER)


def can_answer_appeals(actor: Person | None, decision: Decision, panel: Panel | None) -> bool:
    """Managers of the agency and operators: nobody who judged, drafted or published, nobody of an entrant."""
    if actor is None or not (actor.is_operator or has_role(actor, decision.challenge.agency, Role.MANAGER)):
        return False
    sat = (
        {seat.person_id for seat in panel.seats if seat.stage in {SeatStage.ACCEPTED, SeatStage.LEFT}} if panel else ()
    )
    took_part = {decision.drafted_by_id, decision.published_by_id, *sat}
    return actor.id not in took_part and is_impartial(actor, [result.solution for result in decision.results])
