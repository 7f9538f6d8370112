"""Giving one entrant a later closing: proposed by one, approved by another, taken with a code."""

from datetime import datetime, timedelta

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.audit.services import prolong_seal
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db, hold
from marketplace.errors import Unhappened, WrongStage
from marketplace.events import announce
from marketplace.solutions.late.events import LatePassApproved, LatePassProposed, LatePassUsed
from marketplace.solutions.late.models import LatePass
from marketplace.solutions.late.policy import can_approve_pass, can_propose_pass
from marketplace.solutions.late.queries import pass_with_code, use_count
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import EDITABLE
from marketplace.solutions.policy import can_submit_solution
from marketplace.solutions.services.drafting import sealed

# No single entrant gets more than this beyond everybody's closing.
LONGEST = timedelta(days=14)


class WrongPass(Unhappened):
    """str() is "time" (not between closing and 14 days after it) or "code" (none like this can be used here)."""

    status = 422


def propose_pass(challenge: Challenge, *, actor: Person, until: datetime, reason: str, most_uses: int = 1) -> LatePass:
    """Ask a second person to let `most_uses` entrants send until then.

    Raises Refused for outsiders, WrongStage once solutions may be opened, WrongPass "time".
    """
    require(can_propose_pass, actor, challenge)
    closes_at = _hold_sealed(challenge)
    if not closes_at < until <= closes_at + LONGEST or until <= clock.database_now():
        raise WrongPass("time")
    late_pass = LatePass(
        challenge=challenge,
        until=until,
        reason=reason,
        most_uses=most_uses,
        proposed_by=actor,
        proposed_at=clock.now(),
    )
    db.session.add(late_pass)
    db.session.flush()
    announce(LatePassProposed(actor=actor, subject=late_pass, facts=_kept_sealed(challenge)))
    return late_pass


def approve_pass(late_pass: LatePass, *, actor: Person) -> None:
    """Give it: its code works from now on, and nothing is opened before its closing.

    Raises Refused unless a second person, WrongStage a second time or once solutions may be opened.
    """
    require(can_approve_pass, actor, late_pass)
    challenge = late_pass.challenge
    _hold_sealed(challenge)
    hold(late_pass)
    if late_pass.approved_at is not None:
        raise WrongStage("it is given already")
    late_pass.approved_by, late_pass.approved_at = actor, clock.now()
    challenge.extended_until = max(challenge.extended_until or late_pass.until, late_pass.until)
    db.session.flush()
    prolong_seal(challenge.reference, until=challenge.sealed_until or late_pass.until)
    announce(LatePassApproved(actor=actor, subject=late_pass, facts=_kept_sealed(challenge)))


def use_pass(solution: Solution, *, actor: Person, code: str) -> None:
    """Let this entry be sent until the later closing of its code.

    Raises Refused, WrongStage unless its draft stands, WrongPass "code" for one that is unknown, used up or over.
    """
    require(can_submit_solution, actor, solution)
    challenge = solution.challenge
    hold(challenge, shared=True)
    hold(solution)
    if challenge.stage != ChallengeStage.PUBLISHED or solution.stage not in EDITABLE:
        raise WrongStage("it is not waited for any more")
    late_pass = pass_with_code(challenge, code)
    if late_pass is None:
        raise WrongPass("code")
    if solution.late_pass_id == late_pass.id:
        return
    hold(late_pass)
    if clock.database_now() >= late_pass.until or use_count(late_pass) >= late_pass.most_uses:
        raise WrongPass("code")
    solution.late_pass = late_pass
    db.session.flush()
    announce(LatePassUsed(actor=actor, subject=solution, facts={"pass": late_pass.reference} | sealed(solution)))


def _hold_sealed(challenge: Challenge) -> datetime:
    """Hold the challenge's row; answers everybody's closing, WrongStage unless solutions are still sealed."""
    hold(challenge)
    if challenge.stage != ChallengeStage.PUBLISHED or challenge.closes_at is None:
        raise WrongStage("it takes no solutions")
    if challenge.is_closed(clock.database_now()):
        raise WrongStage("solutions may be opened already")
    return challenge.closes_at


def _kept_sealed(challenge: Challenge) -> dict[str, datetime | str | None]:
    """A later closing tells that somebody works on an answer, so the journal keeps it like the answer itself."""
    return {"sealed_by": challenge.reference, "sealed_until": challenge.sealed_until}
