"""Opening what is sealed before closing: two houses say so, the time for solutions ends, and only then it is opened.

It ends because nobody may answer while others' answers are read. Rule and reasons: docs/decisions.
"""

from datetime import datetime

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.audit.services import end_seal
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce
from marketplace.solutions.early.events import EarlyOpeningConfirmed, EarlyOpeningEnded, EarlyOpeningProposed
from marketplace.solutions.early.models import EarlyOpening
from marketplace.solutions.early.policy import (
    can_confirm_early_opening,
    can_end_early_opening,
    can_propose_early_opening,
)
from marketplace.solutions.early.queries import standing_opening


def propose_early_opening(challenge: Challenge, *, actor: Person, reason: str) -> EarlyOpening:
    """Ask an operator to have everything opened now. Nothing is opened by it.

    Raises Refused unless a manager of the agency, WrongStage unless solutions are sealed, Conflict if it was asked for.
    """
    require(can_propose_early_opening, actor, challenge)
    closes_at, at = _hold_sealed(challenge)
    if standing_opening(challenge) is not None:
        raise Conflict("it was asked for before")
    opening = EarlyOpening(challenge=challenge, reason=reason, closes_at=closes_at, proposed_by=actor, proposed_at=at)
    db.session.add(opening)
    db.session.flush()
    announce(EarlyOpeningProposed(actor=actor, subject=opening, facts={"reason": reason}))
    return opening


def confirm_early_opening(opening: EarlyOpening, *, actor: Person, reason: str) -> None:
    """Be the second person: from this moment nothing is taken any more, and the agency may open what was received.

    Raises Refused unless an operator from outside the agency, WrongStage a second time, after it was ended or once
    everything may be opened anyway.
    """
    require(can_confirm_early_opening, actor, opening)
    challenge = opening.challenge
    closes_at, at = _hold_sealed(challenge)
    _hold_waiting(opening)
    opening.confirmed_by, opening.confirmed_at, opening.confirmed_because = actor, at, reason
    challenge.closes_at, challenge.extended_until, challenge.opened_early_at = at, None, at
    db.session.flush()
    end_seal(challenge.reference, at=at)
    facts = {"reason": reason, "promised": closes_at}
    announce(EarlyOpeningConfirmed(actor=actor, subject=opening, facts=facts))


def end_early_opening(opening: EarlyOpening, *, actor: Person) -> None:
    """Take it back, or refuse it. Raises Refused, WrongStage once it is confirmed or ended."""
    require(can_end_early_opening, actor, opening)
    hold(opening.challenge)
    _hold_waiting(opening)
    opening.ended_at, opening.ended_by_id = clock.now(), actor.id
    announce(EarlyOpeningEnded(actor=actor, subject=opening))


def _hold_sealed(challenge: Challenge) -> tuple[datetime, datetime]:
    """Hold the challenge's row, so that whoever sends at this moment is waited for; answers its closing and now."""
    hold(challenge)
    at = clock.database_now()
    if challenge.stage != ChallengeStage.PUBLISHED or challenge.closes_at is None or challenge.opens_at is None:
        raise WrongStage("it takes no solutions")
    if at <= challenge.opens_at or challenge.is_closed(at):
        raise WrongStage("nothing is sealed now")
    return challenge.closes_at, at


def _hold_waiting(opening: EarlyOpening) -> None:
    hold(opening)
    if opening.confirmed_at is not None or opening.ended_at is not None:
        raise WrongStage("it is decided already")
