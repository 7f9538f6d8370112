"""What an entrant has to do next with a solution; the words stand in templates. Pure."""

from datetime import datetime, timedelta

from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.solutions import consortium
from marketplace.solutions.answers import unanswered_in
from marketplace.solutions.completeness import missing
from marketplace.solutions.confirming.duties import unconfirmed
from marketplace.solutions.models import Solution
from marketplace.solutions.snapshot import differs
from marketplace.solutions.stages import Stage

# how long after closing the counter may type in what arrived before it
COUNTER_TIME = timedelta(days=3)
_AT_THE_COUNTER = frozenset({ChallengeStage.PUBLISHED, ChallengeStage.SCREENING})
EDITABLE = frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.WITHDRAWN})


def is_editable(solution: Solution, at: datetime) -> bool:
    """Whether its draft may still be changed and sent at this moment."""
    return solution.stage in EDITABLE and is_open_for(solution, at)


def is_open_for(solution: Solution, at: datetime) -> bool:
    """Whether the challenge takes this solution at this moment: until everybody's closing, or its own later one."""
    challenge, late_pass = solution.challenge, solution.late_pass
    if solution.paper is not None and solution.paper.sealed_at is None:
        return is_counter_open(challenge, at)
    if late_pass is None or challenge.is_open(at):
        return challenge.is_open(at)
    if challenge.stage != ChallengeStage.PUBLISHED or challenge.opens_at is None:
        return False
    return challenge.opens_at <= at < _latest(challenge, late_pass.until)


def is_counter_open(challenge: Challenge, at: datetime, *, confirming: bool = False) -> bool:
    """Whether paper is typed in at this moment: until some days after closing, for what arrived before it.

    `confirming`: what was typed in may be confirmed as long as eligibility is checked.
    """
    if challenge.stage not in _AT_THE_COUNTER or challenge.opens_at is None or challenge.closes_at is None:
        return False
    return challenge.opens_at <= at and (confirming or at < challenge.closes_at + COUNTER_TIME)


def closes_for(solution: Solution) -> datetime | None:
    """Until when this solution may be sent."""
    closes_at, late_pass = solution.challenge.closes_at, solution.late_pass
    if closes_at is None or late_pass is None:
        return closes_at
    return _latest(solution.challenge, max(closes_at, late_pass.until))


def _latest(challenge: Challenge, until: datetime) -> datetime:
    """No later closing outlasts the seal: what may be read by others is not answered any more."""
    return min(until, challenge.sealed_until or until)


def has_unsent_changes(solution: Solution) -> bool:
    """Whether a version was received, still stands, and the draft says something else."""
    version = solution.last_version
    if solution.stage != Stage.SUBMITTED or version is None:
        return False
    return differs(solution, version) or consortium.is_changed(solution, version)


def unconfirmed_of(solution: Solution) -> list[Amendment]:
    """Amendments since the version that stands was received, which its owner has not confirmed."""
    # a clarification after closing adds to what was received; it answers no amendment
    received = [each for each in solution.versions if not each.content.get("clarifications")]
    version = received[-1] if received else None
    if version is None or solution.stage == Stage.WITHDRAWN:
        return []
    confirmed = {each.amendment_id for each in solution.acknowledgements}
    return unconfirmed(solution.challenge.amendments, received_at=version.received_at, confirmed=confirmed)


def unanswered_questions(solution: Solution) -> list[FormQuestion]:
    """What an amendment asks that the version which stands does not answer: confirming it is not enough then."""
    version = solution.last_version
    return unanswered_in(solution, version) if version is not None and unconfirmed_of(solution) else []


def next_step(solution: Solution, at: datetime) -> str:
    """One of: complete, send, send_again, confirm, received; after closing: wait, not_sent, or the stage's own word."""
    if is_editable(solution, at):
        if solution.stage == Stage.SUBMITTED and not has_unsent_changes(solution):
            return _after_receipt(solution)
        if missing(solution):
            return "complete"
        return "send_again" if solution.stage == Stage.SUBMITTED else "send"
    if solution.stage == Stage.SUBMITTED:
        return "wait"
    return "not_sent" if solution.stage == Stage.DRAFT else solution.stage.value


def _after_receipt(solution: Solution) -> str:
    if not unconfirmed_of(solution):
        return "received"
    return "complete" if unanswered_questions(solution) else "confirm"
