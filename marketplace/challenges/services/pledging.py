"""The agency says what became of its promise to decide about use."""

from datetime import date

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import PledgeSettled
from marketplace.challenges.models import Challenge, PledgeReport
from marketplace.challenges.policy import can_settle_pledge
from marketplace.challenges.stages import PledgeOutcome
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce


def settle_pledge(
    challenge: Challenge, *, actor: Person, outcome: PledgeOutcome, decided_on: date | None, reason: str
) -> None:
    """Say publicly that it was decided on a day, or that it was dropped; a later statement replaces an earlier one.

    Raises Refused unless a manager of the agency, WrongStage before closing and where nothing was promised.
    """
    require(can_settle_pledge, actor, challenge)
    hold(challenge)
    if not challenge.owes_decision(clock.database_now()):
        raise WrongStage("nothing is to be decided yet")
    day = decided_on if outcome == PledgeOutcome.DECIDED else None
    report = PledgeReport(
        challenge=challenge, outcome=outcome, decided_on=day, reason=reason, person=actor, said_at=clock.now()
    )
    db.session.add(report)
    db.session.flush()
    facts = {"outcome": outcome.value, "decided_on": day.isoformat() if day else None, "reason": reason}
    announce(PledgeSettled(actor=actor, subject=challenge, facts=facts))
